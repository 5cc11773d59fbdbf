import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { cast, concat } from '@variate/core/ops'
import { normal, type Bernoulli, type Distribution, type Normal } from '@variate/distributions'
import {
  model,
  type InputSite,
  type LatentSite,
  type NetworkSite,
  type ObservedSite,
} from '@variate/language'
import { autoencoderOf, type Autoencoder } from './autoencoderOf.ts'
import type { AutoencoderOptions } from './options.ts'
import { partsOf, requireCount } from './parts.ts'

/** The sites of a conditional variational autoencoder. */
export type ConditionalVaeTypes<Of extends Distribution = Bernoulli> = Readonly<
  Record<'decoder', NetworkSite>
> &
  Readonly<Record<'y', InputSite>> &
  Readonly<Record<'z', LatentSite<Normal>>> &
  Readonly<Record<'x', ObservedSite<Of>>>

/** What fits a conditional variational autoencoder to examples, and loads one. */
export type ConditionalVae<Of extends Distribution = Bernoulli> = Autoencoder<
  ConditionalVaeTypes<Of>,
  'x' | 'y'
>

export interface ConditionalVaeOptions<Of extends Distribution> extends AutoencoderOptions<Of> {
  /** How many numbers y has: as many as there are labels, where these are given as rows with a single 1. */
  readonly conditions: number
}

/**
 * A conditional variational autoencoder, of examples x given what is known of each, such as labels y: z ~ N(0, I),
 * x ~ p(x | decoder(z, y)), and q(z | x, y). What y tells is left out of z.
 *
 * @throws DomainError for options out of range, and such as there are not.
 * @see Sohn, Lee and Yan, Learning Structured Output Representation using Deep Conditional Generative Models (NIPS 2015); Kingma et al.,
 *   Semi-supervised Learning with Deep Generative Models (NIPS 2014).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { NdArray } from '@variate/core'
 * import { conditionalVae } from '@variate/models/autoencoders'
 *
 * const x = [[1, 1, 0], [0, 1, 1], [1, 1, 0], [0, 1, 1]]
 * const y = [[1, 0], [0, 1], [1, 0], [0, 1]]
 * const options = { data: 3, conditions: 2, latents: 1, hidden: [8], batch: 4, epochs: 20 }
 * const fit = await conditionalVae(options).fit({ x, y }, { seed: 0 })
 * const drawn = await fit.sample(1, { seed: 1, given: { y: new NdArray(Float64Array.of(1, 0), [1, 2]) } })
 * drawn.x.shape // => [1, 3]
 * ```
 */
export function conditionalVae<Of extends Distribution = Bernoulli>(
  options: ConditionalVaeOptions<Of>,
): ConditionalVae<Of> {
  const who = 'conditionalVae'
  const { data, latents, decoder, encoderNetwork, decoderNetwork } = partsOf(who, options, ['conditions'])
  const { conditions } = options
  requireCount(who, 'conditions', conditions)
  const declared = model('conditional vae')
    .network('decoder', decoderNetwork(conditions))
    .plate('example', 'n', (example) =>
      example
        .input('y')
        .latent('z', normal(Array<number>(latents).fill(0), 1))
        .observed('x', ({ z, y, decoder: network }) =>
          decoder.distribution(network(concat([z, known(y, conditions)], 0)), data),
        ),
    )
  return autoencoderOf(who, declared, options, ['x', 'y'], encoderNetwork(conditions))
}

/** @throws ShapeError for another number of numbers than was said. */
function known(y: Tensor, conditions: number): Tensor {
  if (y.rank === 1 && y.shape[0] === conditions) return cast(y, 'float32')
  throw new ShapeError(
    `conditionalVae: "y" has shape [${y.shape}] for an example, expected [${conditions}]: labels are given as rows with a single 1`,
  )
}
