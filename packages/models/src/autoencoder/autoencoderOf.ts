import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Distribution } from '@variate/distributions'
import { importanceWeighted, reparameterization } from '@variate/estimators'
import { diagonalNormal, type ConditionalHead, type Joint } from '@variate/families'
import { amortized, type Amortized } from '@variate/inference'
import type { AnyNetwork, Model, ModelTypes } from '@variate/language'
import type { AutoencoderOptions } from './options.ts'
import { requireCount } from './parts.ts'

/** How q(z | x) is found, as `amortized` and `conditional` take it. */
export type LatentEncoder<Names extends string, Network extends AnyNetwork | string = AnyNetwork> = {
  readonly z: {
    readonly from: readonly Names[]
    /** Its own, or the name of one of the model. */
    readonly network: Network
    readonly family: ConditionalHead | Joint
  }
}

/** An autoencoder: what fits it to examples and loads one, and what it is made of. */
export interface Autoencoder<
  Types extends ModelTypes,
  Names extends string,
  Network extends AnyNetwork | string = AnyNetwork,
> extends Amortized<Types> {
  /** As it is declared, for any other algorithm. */
  readonly model: Model<Types, 'example'>
  readonly encoder: LatentEncoder<Names, Network>
}

/**
 * An autoencoder of its declaration, with q(z | x) by a network that reads the data that are named.
 *
 * @throws DomainError for options out of range.
 */
export function autoencoderOf<
  Types extends ModelTypes,
  Names extends string,
  Of extends Distribution,
  Network extends AnyNetwork | string,
>(
  who: string,
  model: Model<Types, 'example'>,
  options: AutoencoderOptions<Of>,
  from: readonly Names[],
  network: Network,
): Autoencoder<Types, Names, Network> {
  const { family = diagonalNormal(), bound = 'elbo', particles = 1, batch = 128 } = options
  requireCount(who, 'particles', particles)
  if (bound !== 'elbo' && bound !== 'importanceWeighted')
    throw new DomainError(`${who}: bound must be 'elbo' or 'importanceWeighted', got ${shown(bound)}`)
  const encoder = { z: { from, network, family } }
  const { beta, warmUp, freeBits, optimizer, epochs, patience, precision, engine, reproducible } = options
  const how = { beta, warmUp, freeBits, optimizer, epochs, patience, precision, engine, reproducible }
  if (bound === 'importanceWeighted' && ((beta ?? 1) !== 1 || warmUp || freeBits))
    throw new DomainError(
      `${who}: beta, warmUp and freeBits weigh KL(q‖p), which a bound of whole weights has not: leave them out, or write bound: 'elbo'`,
    )
  const given = Object.fromEntries(Object.entries(how).filter(([, value]) => value !== undefined))
  const estimator = bound === 'elbo' ? reparameterization({ particles }) : importanceWeighted({ particles })
  // What is in the types of a model that is open in one of its distributions, the type checker cannot know.
  const all = { ...given, encoder, estimator, batch: { example: batch } }
  return { model, encoder, ...amortized<Types, 'example'>(model as never, all as never) }
}
