import type { Tensor } from '@tensorflow/tfjs-core'
import { fill } from '@variate/core/ops'
import { normal, type Distribution, type Normal } from '@variate/distributions'
import { diagonalNormal, type ConditionalHead } from '@variate/families'
import {
  mlp,
  model,
  positive,
  type Activation,
  type AnyNetwork,
  type LatentSite,
  type Model,
  type NetworkSite,
  type ObservedSite,
  type ParamSite,
} from '@variate/language'
import { checkNetwork } from './checkNetwork.ts'
import { checkSizes } from './checkSizes.ts'

export interface NeuralGaussianOptions<Observation extends Distribution = Normal> {
  /** How many numbers an example has. */
  readonly observed: number
  /** How many latents an example has. */
  readonly latents: number
  /** How many hidden units each network has. */
  readonly hidden: number
  /** Of hidden units; `silu`, if not given. */
  readonly activation?: Activation
  /** Of latents; with one hidden layer to `observed` numbers, if not given. */
  readonly decoder?: AnyNetwork
  /** The distribution of an example, of what the decoder gives and of the parameter `noise`; normal, if not given. */
  readonly observation?: (decoded: Tensor, noise: Tensor) => Observation
}

/** What a nonlinear Gaussian factor model declares. */
export type NeuralGaussianTypes<Observation extends Distribution> = Readonly<Record<'decoder', NetworkSite>> &
  Readonly<Record<'noise', ParamSite>> &
  Readonly<Record<'z', LatentSite<Normal>>> &
  Readonly<Record<'x', ObservedSite<Observation>>>

export interface NeuralGaussian<Observation extends Distribution> {
  readonly model: Model<NeuralGaussianTypes<Observation>, 'example'>
  /** For `amortized`; `bbvi` with `localSteps` needs none. */
  readonly encoder: {
    readonly z: { readonly from: 'x'; readonly network: AnyNetwork; readonly family: ConditionalHead }
  }
}

/**
 * A nonlinear factor model: z is standard normal, and an example normal about what the network `decoder` makes of it, with one
 * standard deviation, the parameter `noise`. With a linear decoder it is probabilistic PCA.
 *
 * It is the same model whether q of each example has parameters of its own, by `bbvi` with `localSteps`, or is given by the encoder, by
 * `amortized`: what the bounds differ by is the price of the encoder.
 *
 * @throws DomainError for sizes that are no whole numbers ≥ 1; ShapeError for a decoder that does not take `latents` numbers.
 * @see Cremer, Li and Duvenaud, Inference Suboptimality in Variational Autoencoders (ICML 2018).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { bbvi } from '@variate/inference'
 * import { neuralGaussian } from '@variate/models/deep'
 *
 * const { model } = neuralGaussian({ observed: 2, latents: 1, hidden: 4 })
 * const algorithm = bbvi(model, { batch: { example: 2 }, localSteps: 3, steps: 20 })
 * const fit = await algorithm.fit({ x: [[1, 1], [0, 0.1], [-1, -0.9]] }, { seed: 0 })
 * fit.posterior.mean.z.shape // => [3, 1]
 * ```
 */
export function neuralGaussian<Observation extends Distribution = Normal>(
  options: NeuralGaussianOptions<Observation>,
): NeuralGaussian<Observation> {
  const { observed, latents, hidden, activation = 'silu' } = options
  const { observation = (decoded: Tensor, noise: Tensor): Distribution => normal(decoded, noise) } = options
  checkSizes('neuralGaussian', { observed, latents, hidden })
  const { decoder = mlp([latents, hidden, observed], { activation }) } = options
  checkNetwork('neuralGaussian', 'decoder', decoder, { input: [latents] })
  const declared = model('neural Gaussian')
    .network('decoder', decoder)
    .param('noise', positive())
    .plate('example', 'n', (example) =>
      example
        .latent('z', () => normal(fill([latents], 0), 1))
        .observed('x', ({ z, decoder: of, noise }) => observation(of(z), noise)),
    )
  const network = mlp([observed, hidden], { output: activation })
  const encoder = { z: { from: 'x', network, family: diagonalNormal() } }
  return { model: declared, encoder } as unknown as NeuralGaussian<Observation>
}
