import type { Tensor } from '@tensorflow/tfjs-core'
import { constant, gather, slice } from '@variate/core/ops'

/** `length` slices of an axis from `start` on. */
export function part(x: Tensor, axis: number, start: number, length: number): Tensor {
  const begin = x.shape.map((_, i) => (i === axis ? start : 0))
  return slice(x, begin, x.shape.with(axis, length))
}

/** An axis as it counts from the start. */
export function fromStart(axis: number, { rank }: Tensor): number {
  return axis < 0 ? axis + rank : axis
}

/** `count` slices of an axis, the one at `indexOf(i)` in place i. */
export function gathered(x: Tensor, axis: number, count: number, indexOf: (i: number) => number): Tensor {
  const data = Int32Array.from({ length: count }, (_, i) => indexOf(i))
  return gather(x, constant({ shape: [count], data } as never, 'int32'), axis)
}
