import type { Tensor } from '@tensorflow/tfjs-core'
import { add, slice, softplus } from '@variate/core/ops'
import { normal, type Normal } from '@variate/distributions'
import type { Decoder } from './decoder.ts'
import { leastScaleOf, type LeastScaleOptions } from './leastScale.ts'

/**
 * Numbers with independent normal noise: the network gives means and, of each, the standard deviation, leastScale + log(1 + exp y) of
 * its number y.
 *
 * @throws DomainError for a least scale that is not finite and > 0, and options that there are not.
 * @see Kingma and Welling, Auto-Encoding Variational Bayes (ICLR 2014), appendix C.2.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { tensor1d } from '@tensorflow/tfjs-core'
 * import { diagonalGaussianDecoder } from '@variate/models/autoencoders'
 *
 * const noise = diagonalGaussianDecoder().distribution(tensor1d([1, 2, 0, 3]), 2)
 * noise.mean().arraySync() // => [1, 2]
 * noise.variance().arraySync() // => [0.4818, 9.3]
 * ```
 */
export function diagonalGaussianDecoder(options: LeastScaleOptions = {}): Decoder<Normal> {
  const leastScale = leastScaleOf('diagonalGaussianDecoder', options)
  return {
    name: 'diagonalGaussian',
    width: (count) => 2 * count,
    distribution: (numbers, count) =>
      normal(
        slice(numbers, [0], [count]),
        add(leastScale, softplus(slice(numbers, [count], [count]))) as Tensor,
      ),
  }
}
