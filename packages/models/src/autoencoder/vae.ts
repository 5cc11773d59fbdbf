import { normal, type Bernoulli, type Distribution, type Normal } from '@variate/distributions'
import { model, type LatentSite, type NetworkSite, type ObservedSite } from '@variate/language'
import { autoencoderOf, type Autoencoder } from './autoencoderOf.ts'
import type { AutoencoderOptions } from './options.ts'
import { partsOf } from './parts.ts'

/** The sites of a variational autoencoder. */
export type VaeTypes<Of extends Distribution = Bernoulli> = Readonly<Record<'decoder', NetworkSite>> &
  Readonly<Record<'z', LatentSite<Normal>>> &
  Readonly<Record<'x', ObservedSite<Of>>>

/** What fits a variational autoencoder to examples, and loads one. */
export type Vae<Of extends Distribution = Bernoulli> = Autoencoder<VaeTypes<Of>, 'x'>

/**
 * A variational autoencoder: z ~ N(0, I), x ~ p(x | decoder(z)), and q(z | x) of a network of the same widths backwards. Without options
 * it is that of binary 28 × 28 images, 784-400-20-400-784. It is fitted by `amortized`, whose fits it gives. `beta` makes it a β-VAE,
 * and `bound: 'importanceWeighted'` an importance-weighted autoencoder.
 *
 * @param options widths, the decoder, and how it is fitted.
 * @throws DomainError for options out of range, and such as there are not.
 * @see Kingma and Welling, Auto-Encoding Variational Bayes (ICLR 2014); Higgins et al., beta-VAE (ICLR 2017); Burda, Grosse and
 *   Salakhutdinov, Importance Weighted Autoencoders (ICLR 2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { vae } from '@variate/models/autoencoders'
 *
 * const x = [[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1]]
 * const fit = await vae({ data: 4, latents: 1, hidden: [8], batch: 4, epochs: 20 }).fit({ x }, { seed: 0 })
 * const { mean } = await fit.encode(x)
 * mean.z.shape // => [4, 1]
 * vae({ latents: 0 }) // => throws 'vae: latents must be a whole number ≥ 1, got 0'
 * ```
 */
export function vae<Of extends Distribution = Bernoulli>(options: AutoencoderOptions<Of> = {}): Vae<Of> {
  const { data, latents, decoder, encoderNetwork, decoderNetwork } = partsOf('vae', options)
  const declared = model('vae')
    .network('decoder', decoderNetwork())
    .plate('example', 'n', (example) =>
      example
        .latent('z', normal(Array<number>(latents).fill(0), 1))
        .observed('x', ({ z, decoder: network }) => decoder.distribution(network(z), data)),
    )
  return autoencoderOf('vae', declared, options, ['x'], encoderNetwork())
}
