import type { Tensor } from '@tensorflow/tfjs-core'
import { cast, greater, max } from '@variate/core/ops'

/** Whether a condition on entries holds for any along the last axis. */
export function anyEntry(condition: Tensor): Tensor {
  return greater(max(cast(condition, 'float32'), -1), 0)
}
