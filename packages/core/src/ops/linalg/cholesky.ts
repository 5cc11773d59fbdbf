import type { Tensor } from '@tensorflow/tfjs-core'
import { mul, sub } from '../arithmetic.ts'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { matMul } from '../matMul.ts'
import { transpose } from '../shapes.ts'
import { diag, diagPart } from './diagonal.ts'
import { batchOf, checkMatrix, factorize, readMatrix } from './matrices.ts'
import { symmetrize } from './symmetrize.ts'
import { tril } from './triangle.ts'
import { triangularSolve } from './triangularSolve.ts'

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
  gradient: (_, dy, [a]) => {
    const factor = cholesky(a!)
    const p = tril(matMul(factor, tril(dy), { transposeA: true }))
    const halved = sub(p, mul(diag(diagPart(p)), 0.5))
    const left = triangularSolve(factor, halved, { transpose: true })
    return symmetrize(triangularSolve(factor, transpose(left), { transpose: true }))
  },
}

/**
 * The lower-triangular L with A = L·Lᵀ for symmetric positive definite matrices A [..., n, n]. Only the lower triangle
 * is read; the gradient is symmetric, that of a function of symmetric matrices. Computed in float64. NaN in a matrix
 * makes its factor NaN.
 *
 * Reverse rule: Murray, Differentiation of the Cholesky decomposition (2016), eq. 10; Giles (2008), §2.2.3.
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
