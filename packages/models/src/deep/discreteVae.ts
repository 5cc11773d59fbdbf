import type { Tensor } from '@tensorflow/tfjs-core'
import { fill, reshape } from '@variate/core/ops'
import {
  bernoulli,
  oneHotCategorical,
  type Bernoulli,
  type Distribution,
  type OneHotCategorical,
} from '@variate/distributions'
import {
  guide,
  mlp,
  model,
  type Activation,
  type Guide,
  type LatentSite,
  type Model,
  type NetworkSite,
  type ObservedSite,
  type SeenOf,
} from '@variate/language'
import { checkSizes } from './checkSizes.ts'

export interface DiscreteVaeOptions<Observation extends Distribution = Bernoulli> {
  /** How many numbers an example has. */
  readonly observed: number
  /** How many categorical latents an example has. */
  readonly latents: number
  /** How many values each of them has. */
  readonly categories: number
  /** How many hidden units each network has. */
  readonly hidden: number
  /** Of hidden units; `silu`, if not given. */
  readonly activation?: Activation
  /** The distribution of an example, of the `observed` numbers that the decoder gives; Bernoulli of these log odds, if not given. */
  readonly observation?: (decoded: Tensor) => Observation
}

/** What a variational autoencoder with discrete latents declares. */
export type DiscreteVaeTypes<Observation extends Distribution> = Readonly<Record<'decoder', NetworkSite>> &
  Readonly<Record<'z', LatentSite<OneHotCategorical>>> &
  Readonly<Record<'x', ObservedSite<Observation>>>

export interface DiscreteVae<Observation extends Distribution> {
  readonly model: Model<DiscreteVaeTypes<Observation>, 'example'>
  readonly guide: Guide<
    DiscreteVaeTypes<Observation>,
    SeenOf<DiscreteVaeTypes<Observation>> &
      Readonly<Record<'encoder', NetworkSite>> &
      Readonly<Record<'z', LatentSite<OneHotCategorical>>>,
    'example'
  >
}

/**
 * A variational autoencoder with categorical latents, [latents, categories] for an example, each row a unit vector. All values are
 * equally probable; the network `decoder` takes the rows one behind the other, and the guide's network `encoder` gives log odds.
 *
 * Fit it with an estimator for discrete draws: `relaxedReparameterization` is Gumbel-softmax, `vimco` has no bias.
 *
 * @throws DomainError for sizes that are no whole numbers ≥ 1, and fewer than two categories.
 * @see Jang, Gu and Poole, Categorical reparameterization with Gumbel-softmax (ICLR 2017).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { relaxedReparameterization } from '@variate/estimators'
 * import { amortized } from '@variate/inference'
 * import { discreteVae } from '@variate/models/deep'
 *
 * const { model, guide } = discreteVae({ observed: 4, latents: 2, categories: 3, hidden: 5 })
 * const estimator = relaxedReparameterization({ temperature: 0.5 })
 * const x = [[1, 1, 0, 0], [0, 0, 1, 1]]
 * const fit = await amortized(model, { guide, estimator, epochs: 2 }).fit({ x }, { seed: 0 })
 * const { z } = await fit.sampleLatents(x, 5, { seed: 1 })
 * z.shape // => [5, 2, 2, 3]
 * ```
 */
export function discreteVae<Observation extends Distribution = Bernoulli>(
  options: DiscreteVaeOptions<Observation>,
): DiscreteVae<Observation> {
  const { observed, latents, categories, hidden, activation = 'silu' } = options
  const { observation = (decoded: Tensor): Distribution => bernoulli({ logits: decoded }) } = options
  checkSizes('discreteVae', { observed, latents, hidden })
  checkSizes('discreteVae', { categories }, 2)
  const numbers = latents * categories
  const declared = model('discrete VAE')
    .network('decoder', mlp([numbers, hidden, observed], { activation }))
    .plate('example', 'n', (example) =>
      example
        .latent('z', () => oneHotCategorical({ logits: fill([latents, categories], 0) }))
        .observed('x', ({ z, decoder }) => observation(decoder(reshape(z, [numbers])))),
    )
  const recognition = guide(declared)
    .network('encoder', mlp([observed, hidden, numbers], { activation }))
    .plate('example', 'n', (example) =>
      example.latent('z', ({ x, encoder }) =>
        oneHotCategorical({ logits: reshape(encoder(x), [latents, categories]) }),
      ),
    )
  return { model: declared, guide: recognition } as unknown as DiscreteVae<Observation>
}
