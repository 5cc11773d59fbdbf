import type { Tensor } from '@tensorflow/tfjs-core'
import { mul } from '../arithmetic.ts'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { expandDims } from '../shapes.ts'
import { eye } from './diagonal.ts'
import { batchOf, checkMatrix, factorize, readMatrix } from './matrices.ts'
import { solvePositive } from './solvePositive.ts'

const kernel: Kernel = {
  compute: ([a]) => {
    const n = a!.shape.at(-1)!
    const batch = batchOf([a!], 'logDeterminant')
    const out = newValues(batch.shape, 'float32')
    const factor = new Float64Array(n * n)
    for (let at = 0; at < batch.count; at++) {
      readMatrix(a!, at * n * n, factor)
      factorize(factor, n, 'logDeterminant', at, batch)
      let sum = 0
      for (let i = 0; i < n; i++) sum += Math.log(factor[i * n + i]!)
      out.data[at] = 2 * sum
    }
    return out
  },
  gradient: (_, dy, [a]) => mul(expandDims(expandDims(dy, -1), -1), solvePositive(a!, eye(a!.shape.at(-1)!))),
}

/**
 * log det A, in nats, of symmetric positive definite matrices A [..., n, n], by Cholesky in float64, rounded once. Only
 * the lower triangle is read; the gradient is A⁻¹.
 *
 * @throws ShapeError for matrices that are not square; NumericalError for one that is not positive definite.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant, logDeterminant } from '@variate/core/ops'
 *
 * logDeterminant(constant([[4, 2], [2, 5]])).arraySync() // => 2.7725887
 * ```
 */
export function logDeterminant(a: Tensor): Tensor {
  checkMatrix(a, 'logDeterminant: A')
  return runKernel('variate.logDeterminant', kernel, [a])
}
