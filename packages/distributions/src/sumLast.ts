import type { Tensor } from '@tensorflow/tfjs-core'
import { sum } from '@variate/core/ops'

/** `x` summed over its last `axes` axes. */
export function sumLast(x: Tensor, axes: number): Tensor {
  return sum(
    x,
    Array.from({ length: axes }, (_, i) => -1 - i),
  )
}
