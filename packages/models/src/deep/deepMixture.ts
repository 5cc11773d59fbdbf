import type { Tensor } from '@tensorflow/tfjs-core'
import { cast, concat, matVec, transpose } from '@variate/core/ops'
import {
  bernoulli,
  normal,
  oneHotCategorical,
  type Bernoulli,
  type Distribution,
  type Normal,
  type OneHotCategorical,
} from '@variate/distributions'
import {
  guide,
  mlp,
  model,
  positive,
  real,
  simplex,
  type Activation,
  type AnyNetwork,
  type Guide,
  type LatentSite,
  type Model,
  type NetworkSite,
  type ObservedSite,
  type ParamSite,
  type SeenOf,
} from '@variate/language'
import { checkNetwork } from './checkNetwork.ts'
import { checkSizes } from './checkSizes.ts'
import { normalHead } from './normalHead.ts'

export interface DeepMixtureOptions<Observation extends Distribution = Bernoulli> {
  /** How many numbers an example has. */
  readonly observed: number
  /** How many components the mixture of latents has. */
  readonly components: number
  /** How many numbers the latents of an example are. */
  readonly latents: number
  /** How many hidden units each network has. */
  readonly hidden: number
  /** Of hidden units; `silu`, if not given. */
  readonly activation?: Activation
  /** Of latents; with one hidden layer to `observed` numbers, if not given. */
  readonly decoder?: AnyNetwork
  /** The distribution of an example, of what the decoder gives; Bernoulli of these log odds, if not given. */
  readonly observation?: (decoded: Tensor) => Observation
}

/** What a deep mixture declares. */
export type DeepMixtureTypes<Observation extends Distribution> = Readonly<
  Record<'weights' | 'mean' | 'scale', ParamSite>
> &
  Readonly<Record<'decoder', NetworkSite>> &
  Readonly<Record<'c', LatentSite<OneHotCategorical>>> &
  Readonly<Record<'z', LatentSite<Normal>>> &
  Readonly<Record<'x', ObservedSite<Observation>>>

export interface DeepMixture<Observation extends Distribution> {
  readonly model: Model<DeepMixtureTypes<Observation>, 'component' | 'example'>
  readonly guide: Guide<
    DeepMixtureTypes<Observation>,
    SeenOf<DeepMixtureTypes<Observation>> &
      Readonly<Record<'assignment' | 'encoder', NetworkSite>> &
      Readonly<Record<'c', LatentSite<OneHotCategorical>>> &
      Readonly<Record<'z', LatentSite<Normal>>>,
    'component' | 'example'
  >
}

/**
 * A variational autoencoder over a mixture of Gaussians: the component c of an example is a unit vector with probabilities `weights`, z
 * is normal with the component's `mean` and `scale`, and the data are of what the network `decoder` makes of z.
 *
 * q(c | x) is by the network `assignment`, q(z | x, c) by the network `encoder` of both: an E-step that is learned. Where the decoder is
 * the identity and the data are normal about z, the model is a mixture of Gaussians, and the E-step has a closed form, responsibilities
 * and conditional normals.
 *
 * @throws DomainError for sizes that are no whole numbers ≥ 1, and fewer than two components; ShapeError for a decoder that does not
 *   take `latents` numbers.
 * @see Jiang, Zheng, Tan, Tang and Zhou, Variational Deep Embedding (IJCAI 2017).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { vimco } from '@variate/estimators'
 * import { amortized } from '@variate/inference'
 * import { deepMixture } from '@variate/models/deep'
 *
 * const { model, guide } = deepMixture({ observed: 4, components: 3, latents: 2, hidden: 5 })
 * const x = [[1, 1, 0, 0], [0, 0, 1, 1]]
 * const algorithm = amortized(model, { guide, estimator: vimco({ particles: 4 }), epochs: 2 })
 * const fit = await algorithm.fit({ x }, { seed: 0 })
 * fit.params.mean.shape // => [3, 2]
 * const { c } = await fit.sampleLatents(x, 5, { seed: 1 })
 * c.shape // => [5, 2, 3]
 * ```
 */
export function deepMixture<Observation extends Distribution = Bernoulli>(
  options: DeepMixtureOptions<Observation>,
): DeepMixture<Observation> {
  const { observed, components, latents, hidden, activation = 'silu' } = options
  const { observation = (decoded: Tensor): Distribution => bernoulli({ logits: decoded }) } = options
  checkSizes('deepMixture', { observed, latents, hidden })
  checkSizes('deepMixture', { components }, 2)
  const { decoder = mlp([latents, hidden, observed], { activation }) } = options
  checkNetwork('deepMixture', 'decoder', decoder, { input: [latents] })
  const declared = model('deep mixture')
    .param('weights', simplex(components))
    .plate('component', components, (component) =>
      component.param('mean', real([latents])).param('scale', positive([latents])),
    )
    .network('decoder', decoder)
    .plate('example', 'n', (example) =>
      example
        .latent('c', ({ weights }) => oneHotCategorical({ probs: weights }))
        .latent('z', ({ c, mean, scale }) => normal(rowOf(mean, c), rowOf(scale, c)))
        .observed('x', ({ z, decoder: of }) => observation(of(z))),
    )
  const recognition = guide(declared)
    .network('assignment', mlp([observed, hidden, components], { activation }))
    .network('encoder', mlp([observed + components, hidden, 2 * latents], { activation }))
    .plate('example', 'n', (example) =>
      example
        .latent('c', ({ x, assignment }) => oneHotCategorical({ logits: assignment(x) }))
        .latent('z', ({ x, c, encoder }) =>
          normalHead(encoder(concat([cast(x, 'float32'), cast(c, 'float32')]))),
        ),
    )
  return { model: declared, guide: recognition } as unknown as DeepMixture<Observation>
}

/** The row that a unit vector chooses, or, of numbers between, a mean of rows. */
function rowOf(rows: Tensor, unit: Tensor): Tensor {
  return matVec(transpose(rows), unit)
}
