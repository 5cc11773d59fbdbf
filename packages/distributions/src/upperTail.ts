import type { Tensor } from '@tensorflow/tfjs-core'
import { sub } from '@variate/core/ops'
import type { Numbers } from './distribution.ts'

/** A distribution of numbers with cumulative probabilities, and perhaps those of the other tail. */
export interface HasTails {
  cdf(value: Numbers): Tensor
  survival?(value: Numbers): Tensor
}

/** P(X > x): by `survival` where a distribution has it, else 1 − P(X ≤ x), which below 1e-7 is lost in rounding. */
export function upperTail(base: HasTails, x: Tensor): Tensor {
  return base.survival ? base.survival(x) : sub(1, base.cdf(x))
}
