import type { Tensor } from '@tensorflow/tfjs-core'
import { add, constant, isTensor, mul, reshape, slice, sub, sum, type Real } from '@variate/core/ops'

/**
 * Σ w·x over the first axis, for weights that sum to 1. Differences from the first x are summed, so that rounding is
 * that of the spread: equal observations give their value exactly.
 *
 * @param w of shape [n, ...batch], with an axis of length 1 for each event axis of x.
 */
export function weightedMean(x: Real, w: Tensor): Tensor {
  if (!isTensor(x)) return constant(x)
  const first = slice(
    x,
    x.shape.map(() => 0),
    [1, ...x.shape.slice(1)],
  )
  return add(reshape(first, x.shape.slice(1)), sum(mul(w, sub(x, first)), 0)) as Tensor
}
