import type { Tensor } from '@tensorflow/tfjs-core'
import { fill } from '@variate/core/ops'
import { bernoulli, normal, type Bernoulli, type Distribution, type Normal } from '@variate/distributions'
import { planarFlow, type Joint } from '@variate/families'
import {
  mlp,
  model,
  type Activation,
  type AnyNetwork,
  type LatentSite,
  type Model,
  type NetworkSite,
  type ObservedSite,
} from '@variate/language'
import { checkNetwork } from './checkNetwork.ts'
import { checkSizes } from './checkSizes.ts'

export interface FlowVaeOptions<Observation extends Distribution = Bernoulli> {
  /** How many numbers an example has. */
  readonly observed: number
  /** How many latents an example has. */
  readonly latents: number
  /** How many hidden units each network has. */
  readonly hidden: number
  /** Of hidden units; `silu`, if not given. */
  readonly activation?: Activation
  /** The family of q: `planarFlow()`, if not given; the encoder gives all its parameters, an example its own. */
  readonly flow?: Joint
  /** Of latents; with one hidden layer to `observed` numbers, if not given. */
  readonly decoder?: AnyNetwork
  /** The distribution of an example, of what the decoder gives; Bernoulli of these log odds, if not given. */
  readonly observation?: (decoded: Tensor) => Observation
}

/** What a variational autoencoder with a flow as its posterior declares. */
export type FlowVaeTypes<Observation extends Distribution> = Readonly<Record<'decoder', NetworkSite>> &
  Readonly<Record<'z', LatentSite<Normal>>> &
  Readonly<Record<'x', ObservedSite<Observation>>>

export interface FlowVae<Observation extends Distribution> {
  readonly model: Model<FlowVaeTypes<Observation>, 'example'>
  readonly encoder: {
    readonly z: { readonly from: 'x'; readonly network: AnyNetwork; readonly family: Joint }
  }
}

/**
 * A variational autoencoder whose q(z | x) is a normalising flow: z is standard normal, the data are of what the network `decoder`
 * gives, and q of an example is the image of normals by a flow whose parameters an encoder gives. Posteriors that bend are covered,
 * where a normal would cover the part of them that is straight.
 *
 * @throws DomainError for sizes that are no whole numbers ≥ 1; ShapeError for a decoder that does not take `latents` numbers.
 * @see Rezende and Mohamed, Variational Inference with Normalizing Flows (ICML 2015).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { realNvp } from '@variate/families'
 * import { amortized } from '@variate/inference'
 * import { flowVae } from '@variate/models/deep'
 *
 * const { model, encoder } = flowVae({ observed: 4, latents: 2, hidden: 5, flow: realNvp({ layers: 2 }) })
 * const x = [[1, 1, 0, 0], [0, 0, 1, 1]]
 * const fit = await amortized(model, { encoder, epochs: 2 }).fit({ x }, { seed: 0 })
 * const { z } = await fit.sampleLatents(x, 5, { seed: 1 })
 * z.shape // => [5, 2, 2]
 * ```
 */
export function flowVae<Observation extends Distribution = Bernoulli>(
  options: FlowVaeOptions<Observation>,
): FlowVae<Observation> {
  const { observed, latents, hidden, activation = 'silu', flow = planarFlow() } = options
  const { observation = (decoded: Tensor): Distribution => bernoulli({ logits: decoded }) } = options
  checkSizes('flowVae', { observed, latents, hidden })
  const { decoder = mlp([latents, hidden, observed], { activation }) } = options
  checkNetwork('flowVae', 'decoder', decoder, { input: [latents] })
  const declared = model('flow VAE')
    .network('decoder', decoder)
    .plate('example', 'n', (example) =>
      example
        .latent('z', () => normal(fill([latents], 0), 1))
        .observed('x', ({ z, decoder: of }) => observation(of(z))),
    )
  const network = mlp([observed, hidden], { output: activation })
  return {
    model: declared,
    encoder: { z: { from: 'x', network, family: flow } },
  } as unknown as FlowVae<Observation>
}
