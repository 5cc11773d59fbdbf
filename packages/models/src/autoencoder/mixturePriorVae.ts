import {
  independent,
  mixture,
  normal,
  type Bernoulli,
  type Distribution,
  type Independent,
  type MixtureDistribution,
  type Normal,
} from '@variate/distributions'
import {
  init,
  model,
  positive,
  real,
  simplex,
  type LatentSite,
  type NetworkSite,
  type ObservedSite,
  type ParamSite,
} from '@variate/language'
import { autoencoderOf, type Autoencoder } from './autoencoderOf.ts'
import type { AutoencoderOptions } from './options.ts'
import { partsOf, requireCount } from './parts.ts'

/** The sites of a variational autoencoder with a mixture as its prior. */
export type MixturePriorVaeTypes<Of extends Distribution = Bernoulli> = Readonly<
  Record<'decoder', NetworkSite>
> &
  Readonly<Record<'weights' | 'means' | 'scales', ParamSite>> &
  Readonly<Record<'z', LatentSite<MixtureDistribution<Independent<Normal>>>>> &
  Readonly<Record<'x', ObservedSite<Of>>>

/** What fits a variational autoencoder with a mixture as its prior to examples, and loads one. */
export type MixturePriorVae<Of extends Distribution = Bernoulli> = Autoencoder<MixturePriorVaeTypes<Of>, 'x'>

export interface MixturePriorVaeOptions<Of extends Distribution> extends AutoencoderOptions<Of> {
  /** How many normal distributions the prior is of; 10, if not given. */
  readonly components?: number
}

/**
 * A variational autoencoder whose prior is fitted as well: z ~ Σ weightsₖ N(meansₖ, diag scalesₖ²), x ~ p(x | decoder(z)), and q(z | x).
 * KL(q‖p) has no closed form, and is that of the draws.
 *
 * @throws DomainError for options out of range, and such as there are not.
 * @see Dilokthanakul et al., Deep Unsupervised Clustering with Gaussian Mixture Variational Autoencoders (2016); Tomczak and Welling,
 *   VAE with a VampPrior (AISTATS 2018), §2, where it is the "MoG" prior.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { mixturePriorVae } from '@variate/models/autoencoders'
 *
 * const x = [[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1]]
 * const options = { data: 4, latents: 1, components: 2, hidden: [8], batch: 4, epochs: 20 }
 * const fit = await mixturePriorVae(options).fit({ x }, { seed: 0 })
 * fit.params.means.shape // => [2, 1]
 * ```
 */
export function mixturePriorVae<Of extends Distribution = Bernoulli>(
  options: MixturePriorVaeOptions<Of> = {},
): MixturePriorVae<Of> {
  const who = 'mixturePriorVae'
  const { data, latents, decoder, encoderNetwork, decoderNetwork } = partsOf(who, options, ['components'])
  const { components = 10 } = options
  requireCount(who, 'components', components)
  const declared = model('mixture prior vae')
    .param('weights', simplex(components), { init: Array<number>(components).fill(1 / components) })
    .param('means', real([components, latents]), { init: init.normal(0, 1) })
    .param('scales', positive([components, latents]), { init: 1 })
    .network('decoder', decoderNetwork())
    .plate('example', 'n', (example) =>
      example
        .latent('z', ({ weights, means, scales }) =>
          mixture({ probs: weights }, independent(normal(means, scales), 1)),
        )
        .observed('x', ({ z, decoder: network }) => decoder.distribution(network(z), data)),
    )
  return autoencoderOf(who, declared, options, ['x'], encoderNetwork())
}
