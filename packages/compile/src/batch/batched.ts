import type { Tensor } from '@tensorflow/tfjs-core'
import { broadcastTo, reshape, transpose } from '@variate/core/ops'
import type { Shape } from '../graph/node.ts'

/** A tensor that all elements of a batch share, or that of each of them, along a first axis of its own. */
export interface Batched {
  readonly tensor: Tensor
  readonly isBatched: boolean
}

/** The shape that one element sees. */
export function elementShape({ tensor, isBatched }: Batched): Shape {
  return isBatched ? tensor.shape.slice(1) : tensor.shape
}

/** With the batch axis, whether it had one or not. */
export function withAxis({ tensor, isBatched }: Batched, size: number): Tensor {
  return isBatched ? tensor : broadcastTo(tensor, [size, ...tensor.shape])
}

/** With axes of length 1 behind the batch axis, so that an element has `rank` axes; what is shared broadcasts as it is. */
export function aligned(x: Batched, rank: number): Tensor {
  const shape = elementShape(x)
  if (!x.isBatched || shape.length >= rank) return x.tensor
  return reshape(x.tensor, [x.tensor.shape[0]!, ...ones(rank - shape.length), ...shape])
}

/** Broadcast to the shape that each element is to have. */
export function spread(x: Batched, shape: Shape, size: number): Tensor {
  return broadcastTo(aligned(x, shape.length), [size, ...shape])
}

/** With the axis `from` at the place `to`. */
export function moveAxis(x: Tensor, from: number, to: number): Tensor {
  if (from === to) return x
  const order = x.shape.map((_, axis) => axis)
  return transpose(x, order.toSpliced(from, 1).toSpliced(to, 0, from))
}

export function ones(count: number): Shape {
  return Array<number>(count).fill(1)
}
