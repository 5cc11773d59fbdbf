import type { Tensor } from '@tensorflow/tfjs-core'
import { add, eye, mul, slice } from '@variate/core/ops'
import { biject, constraints, multivariateNormal, type MultivariateNormal } from '@variate/distributions'
import type { Decoder } from './decoder.ts'
import { leastScaleOf, type LeastScaleOptions } from './leastScale.ts'

/**
 * Numbers with normal noise of any covariance L·Lᵀ, which depends on the latents: the network gives means, what is below the diagonal of
 * L, and the logarithms of the diagonal, to which `leastScale` is added. It gives d(d + 3)/2 numbers for d, and is for some dozens of
 * them at most.
 *
 * @throws DomainError for a least scale that is not finite and > 0, and options that there are not.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { tensor1d } from '@tensorflow/tfjs-core'
 * import { fullGaussianDecoder } from '@variate/models/autoencoders'
 *
 * const noise = fullGaussianDecoder({ leastScale: 1 }).distribution(tensor1d([1, 2, 3, 0, 0]), 2)
 * noise.mean().arraySync() // => [1, 2]
 * noise.covarianceMatrix().arraySync() // => [[4, 6], [6, 13]]
 * ```
 */
export function fullGaussianDecoder(options: LeastScaleOptions = {}): Decoder<MultivariateNormal> {
  const leastScale = leastScaleOf('fullGaussianDecoder', options)
  const lower = biject(constraints.lowerCholesky)
  return {
    name: 'fullGaussian',
    width: (count) => count + (count * (count + 1)) / 2,
    distribution: (numbers, count) => {
      const factor = lower.forward(slice(numbers, [count], [(count * (count + 1)) / 2]))
      const scaleTril = add(factor, mul(leastScale, eye(count))) as Tensor
      return multivariateNormal(slice(numbers, [0], [count]), { scaleTril })
    },
  }
}
