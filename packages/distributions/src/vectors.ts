import type { Tensor } from '@tensorflow/tfjs-core'
import { matMul, matVec, reshape, square, sum, triangularSolve, type Real } from '@variate/core/ops'

/** `x` with `count` axes of length 1 at its end, to stand beside events of as many axes; a number stays one. */
export function withAxes(x: Real, count: number): Real {
  return typeof x === 'number' ? x : reshape(x, [...x.shape, ...Array.from({ length: count }, () => 1)])
}

/** T⁻¹·x, or T⁻ᵀ·x with `transpose`, for lower-triangular T [..., n, n] and vectors x [..., n]. */
export function solveVector(T: Tensor, x: Tensor, transpose = false): Tensor {
  const column = triangularSolve(T, withAxes(x, 1) as Tensor, { transpose })
  return reshape(column, column.shape.slice(0, -1))
}

/** A·x for matrices [..., n, n] and vectors [..., n]; one matrix takes all vectors at once. */
export function transform(A: Tensor, x: Tensor): Tensor {
  if (A.rank > 2) return matVec(A, x)
  return reshape(matMul(reshape(x, [-1, x.shape.at(-1)!]), A, { transposeB: true }), x.shape)
}

/** The squared lengths of vectors [..., n]. */
export function squaredLength(x: Tensor): Tensor {
  return sum(square(x), -1)
}
