import type { Tensor } from '@tensorflow/tfjs-core'
import { mul, pad } from '@variate/core/ops'
import { part } from './part.ts'

/** Series along the last axis `lag` steps later: zeros, then all but the last. */
export function lagged(x: Tensor, lag: number): Tensor {
  const length = x.shape.at(-1)!
  if (lag >= length) return mul(x, 0)
  const paddings = x.shape.map((_, axis) => (axis === x.rank - 1 ? [lag, 0] : [0, 0]))
  return pad(part(x, 0, length - lag), paddings)
}
