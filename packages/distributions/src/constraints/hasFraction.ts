import type { Tensor } from '@tensorflow/tfjs-core'
import { floor, greater, sub } from '@variate/core/ops'

/** Whether x has a fraction; false for NaN. */
export function hasFraction(x: Tensor): Tensor {
  return greater(sub(x, floor(x)), 0)
}
