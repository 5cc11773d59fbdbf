import type { Tensor } from '@tensorflow/tfjs-core'
import { abs, add, div, mul, sqrt, square, sub } from './arithmetic.ts'
import { constant } from './constant.ts'
import { isTensor, type Real } from './real.ts'
import { sum } from './sum.ts'
import { where } from './where.ts'

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

/** √(Σ w·x²), with squares of x over its mean size, which neither over- nor underflow. */
export function rootMeanSquare(x: Real, w: Tensor): Real {
  const size = weightedMean(abs(x), w)
  return mul(size, sqrt(weightedMean(square(div(x, where(size, size, 1))), w)))
}
