import type { Tensor } from '@tensorflow/tfjs-core'
import { add, constant, isTensor, mul, sub, sum, type Real } from '@variate/core/ops'

/**
 * Σ w·x over the first axis, for weights that sum to 1. Differences from a first sum are summed again, so that rounding
 * is that of the spread: equal observations give their value exactly.
 *
 * @param w of shape [n, ...batch], with an axis of length 1 for each event axis of x.
 */
export function weightedMean(x: Real, w: Tensor): Tensor {
  if (!isTensor(x)) return constant(x)
  const first = sum(mul(w, x), 0)
  return add(first, sum(mul(w, sub(x, first)), 0))
}
