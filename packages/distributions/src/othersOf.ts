import type { Tensor } from '@tensorflow/tfjs-core'
import { add, cumsum } from '@variate/core/ops'

/** For each element along the last axis the sum of the others, without a subtraction. */
export function othersOf(x: Tensor): Tensor {
  return add(cumsum(x, -1, { exclusive: true }), cumsum(x, -1, { exclusive: true, reverse: true })) as Tensor
}
