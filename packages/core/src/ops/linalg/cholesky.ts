import type { Tensor } from '@tensorflow/tfjs-core'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { choleskyGradient } from './choleskyGradient.ts'
import { batchOf, checkMatrix, factorize, readMatrix } from './matrices.ts'

const kernel: Kernel = {
  compute: ([a]) => {
    const n = a!.shape.at(-1)!
    const batch = batchOf([a!], 'cholesky')
    const out = newValues(a!.shape, 'float32')
    const factor = new Float64Array(n * n)
    for (let at = 0; at < batch.count; at++) {
      readMatrix(a!, at * n * n, factor)
      factorize(factor, n, 'cholesky', at, batch)
      out.data.set(factor, at * n * n)
    }
    return out
  },
  gradient: (_, dy, [a]) => choleskyGradient(cholesky(a!), dy),
}

/**
 * The lower-triangular L with A = L·Lᵀ for symmetric positive definite matrices A [..., n, n]. Only the lower triangle
 * is read; the gradient is symmetric, that of a function of symmetric matrices. Computed in float64. NaN in a matrix
 * makes its factor NaN.
 *
 * Reverse rule: Murray, Differentiation of the Cholesky decomposition (2016), §3.2.
 *
 * @throws ShapeError for matrices that are not square; NumericalError for one that is not positive definite, naming its
 * place in the batch and the row whose pivot is not positive (while a trace records nothing is computed).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { cholesky, constant } from '@variate/core/ops'
 *
 * cholesky(constant([[4, 2], [2, 5]])).arraySync() // => [[2, 0], [1, 2]]
 * ```
 */
export function cholesky(a: Tensor): Tensor {
  checkMatrix(a, 'cholesky: A')
  return runKernel('variate.cholesky', kernel, [a])
}
