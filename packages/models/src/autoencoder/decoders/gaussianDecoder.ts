import { normal, type Normal } from '@variate/distributions'
import { requireKnown, requirePositive } from '../../regression/checkOptions.ts'
import type { Decoder } from './decoder.ts'

/**
 * Numbers with independent normal noise of a scale that is known: the network gives their means alone, and −log p(x | z) is the squared
 * error over 2·scale², but for a constant.
 *
 * @param options `scale` is the standard deviation of the noise, 1 if not given.
 * @throws DomainError for a scale that is not finite and > 0, and options that there are not.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { tensor1d } from '@tensorflow/tfjs-core'
 * import { gaussianDecoder } from '@variate/models/autoencoders'
 *
 * const noise = gaussianDecoder({ scale: 0.5 }).distribution(tensor1d([1, 2]), 2)
 * noise.mean().arraySync() // => [1, 2]
 * gaussianDecoder({ scale: 0 }) // => throws 'scale must be finite and > 0, got 0'
 * ```
 */
export function gaussianDecoder(options: { readonly scale?: number } = {}): Decoder<Normal> {
  requireKnown('gaussianDecoder', options, ['scale'])
  const { scale = 1 } = options
  requirePositive('gaussianDecoder', 'scale', scale)
  return { name: 'gaussian', width: (count) => count, distribution: (means) => normal(means, scale) }
}
