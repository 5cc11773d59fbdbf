import { bernoulli, type Bernoulli } from '@variate/distributions'
import type { Decoder } from './decoder.ts'

/**
 * Pixels that are 0 or 1, independent given the latents: the network gives their log odds, and −log p(x | z) is the binary
 * cross-entropy.
 *
 * @see Kingma and Welling, Auto-Encoding Variational Bayes (ICLR 2014), appendix C.1.
 *
 * @example
 * ```ts
 * import { bernoulliDecoder } from '@variate/models/autoencoders'
 *
 * bernoulliDecoder().width(784) // => 784
 * ```
 */
export function bernoulliDecoder(): Decoder<Bernoulli> {
  return {
    name: 'bernoulli',
    width: (count) => count,
    range: [0, 1],
    distribution: (logits) => bernoulli({ logits }),
  }
}
