import type { Tensor } from '@tensorflow/tfjs-core'
import { sameShape } from './broadcast.ts'
import { sum } from './sum.ts'
import { reshape } from './shapes.ts'

/** `x` summed over the axes that were broadcast from `shape`: the gradient of a broadcast. */
export function sumTo(x: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(x.shape, shape)) return x
  const lead = x.rank - shape.length
  const axes = x.shape.flatMap((length, i) => (i < lead || shape[i - lead] !== length ? [i] : []))
  return reshape(axes.length === 0 ? x : sum(x, axes), shape)
}
