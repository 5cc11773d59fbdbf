import type { Tensor } from '@tensorflow/tfjs-core'
import { triangularSolve } from './triangularSolve.ts'

/**
 * X with L·Lᵀ·X = B for lower-triangular L [..., n, n] and B [..., n, m]; leading axes broadcast.
 *
 * @throws ShapeError for shapes that do not match; NumericalError for a zero on the diagonal.
 */
export function choleskySolve(l: Tensor, b: Tensor): Tensor {
  return triangularSolve(l, triangularSolve(l, b), { transpose: true })
}
