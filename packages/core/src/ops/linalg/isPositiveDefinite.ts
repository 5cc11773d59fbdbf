import type { Tensor } from '@tensorflow/tfjs-core'
import { asymmetry } from '../../linalg/asymmetry.ts'
import { choleskyInPlace } from '../../linalg/cholesky.ts'
import { fill } from '../constant.ts'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { batchOf, checkMatrix, lowerHasNaN, readMatrix } from './matrices.ts'

const kernel: Kernel = {
  compute: ([a]) => {
    const n = a!.shape.at(-1)!
    const batch = batchOf([a!], 'isPositiveDefinite')
    const out = newValues(batch.shape, 'bool')
    const matrix = new Float64Array(n * n)
    for (let at = 0; at < batch.count; at++) {
      readMatrix(a!, at * n * n, matrix)
      out.data[at] = +(asymmetry(matrix, n) === undefined && isPositive(matrix, n))
    }
    return out
  },
  gradient: (_, __, [a]) => fill(a!.shape, 0),
}

function isPositive(a: Float64Array, n: number): boolean {
  return lowerHasNaN(a, n) || choleskyInPlace(a, n) < 0
}

/**
 * Whether each matrix of [..., n, n] is symmetric (to float32 rounding) and positive definite; true where it holds NaN,
 * so that what is computed from it is NaN.
 *
 * @throws ShapeError for matrices that are not square.
 */
export function isPositiveDefinite(a: Tensor): Tensor {
  checkMatrix(a, 'isPositiveDefinite: A')
  return runKernel('variate.isPositiveDefinite', kernel, [a])
}
