import type { Tensor } from '@tensorflow/tfjs-core'
import { slice } from '@variate/core/ops'

/** The elements from `start` to `end` of vectors; counted from the end if negative. */
export function part(x: Tensor, start: number, end: number = x.shape.at(-1)!): Tensor {
  const lead = x.shape.slice(0, -1)
  const stop = end < 0 ? end + x.shape.at(-1)! : end
  return slice(x, [...lead.map(() => 0), start], [...lead, Math.max(stop - start, 0)])
}
