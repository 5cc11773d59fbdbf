import type { Tensor } from '@tensorflow/tfjs-core'
import { abs } from '../arithmetic.ts'
import { log } from '../exponential.ts'
import { sum } from '../sum.ts'
import { diagPart } from './diagonal.ts'

/**
 * log |det T| of triangular matrices [..., n, n]; half of log det A for the Cholesky factor of A.
 *
 * @throws ShapeError for matrices that are not square.
 */
export function logDetTriangular(t: Tensor): Tensor {
  return sum(log(abs(diagPart(t))), -1)
}
