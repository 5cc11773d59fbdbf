import type { Tensor } from '@tensorflow/tfjs-core'
import { div, maximum, minimum, type Real } from '@variate/core/ops'

/** A rate for each step, whose number counts from 0: a tensor for a tensor, elementwise, and a number for a number. */
export interface Schedule {
  (step: number): number
  (step: Tensor): Tensor
}

/** A schedule of a formula in numbers or tensors. */
export function scheduleOf(formula: (step: Real) => Real): Schedule {
  return formula as Schedule
}

/** Which share of so many steps is over, 1 after the last. */
export function shareOver(step: Real, steps: number): Real {
  return minimum(maximum(div(step, steps), 0), 1)
}
