import type { Tensor } from '@tensorflow/tfjs-core'
import { and, equal, greater, isNaN, sum } from '@variate/core/ops'

/** For each event whether one of its elements is marked; never for an event of `x` that has a NaN. */
export function anyElement(marked: Tensor, x: Tensor, eventRank: number): Tensor {
  return and(greater(count(marked, eventRank), 0), equal(count(isNaN(x), x.rank - marked.rank + eventRank), 0))
}

/** How many are true, over the last `axes` axes. */
function count(x: Tensor, axes: number): Tensor {
  return sum(
    x,
    Array.from({ length: axes }, (_, i) => -1 - i),
  )
}
