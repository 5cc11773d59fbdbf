import type { Tensor } from '@tensorflow/tfjs-core'
import { add, constant, gather, less, reshape, scatterAdd, transpose, where } from '@variate/core/ops'
import type { Shape } from '../../graph/node.ts'
import { aligned, elementShape, moveAxis, ones, withAxis, type Batched } from '../batched.ts'
import { run, type Rule } from '../rule.ts'

/**
 * Indices of each element as indices into the axes of all elements, one after the other. Those that are out of range stay
 * so, and are told of as they would be.
 */
function placesIn({ tensor }: Batched, length: number, size: number): Tensor {
  const data = Int32Array.from({ length: size }, (_, i) => i * length)
  const starts = constant({ data, shape: [size, ...ones(tensor.rank - 1)] } as never, 'int32')
  const shift = where(less(tensor, 0), 0, where(less(tensor, length), starts, Math.max(0, size - 1) * length))
  return add(tensor, shift)
}

/** The axes of x that come after the first, `count` of them from `from` on, put right behind it. */
function broughtForward(x: Tensor, from: number, count: number): Tensor {
  if (from === 1 || count === 0) return x
  const order = x.shape.map((_, axis) => axis)
  const moved = order.splice(from, count)
  return transpose(x, order.toSpliced(1, 0, ...moved))
}

/** Kernels that take or put elements where indices say. */
export const INDEXING: Readonly<Record<string, Rule>> = {
  gather: (node, [x, indices], size) => {
    const axis = node.attributes['axis'] as number
    if (!indices!.isBatched)
      return run(node, [x!.tensor, indices!.tensor], { ...node.attributes, axis: axis + 1 })
    if (!x!.isBatched) return moveAxis(gather(x!.tensor, indices!.tensor, axis), axis, 0)
    const [length, ...others] = moveAxis(x!.tensor, axis + 1, 1).shape.slice(1) as [number, ...number[]]
    const rows = reshape(moveAxis(x!.tensor, axis + 1, 1), [size * length, ...others])
    const picked = gather(rows, placesIn(indices!, length, size))
    return broughtForward(picked, indices!.tensor.rank, axis)
  },
  scatterAdd: (node, [dy, indices], size) => {
    const { shape, axis } = node.attributes as { shape: Shape; axis: number }
    if (!indices!.isBatched) {
      return scatterAdd(withAxis(dy!, size), indices!.tensor, [size, ...shape], axis + 1)
    }
    const rank = indices!.tensor.rank - 1
    const rows = broughtForward(withAxis(dy!, size), axis + 1, rank)
    const length = shape[axis]!
    const others = shape.toSpliced(axis, 1)
    const places = placesIn(indices!, length, size)
    const sums = scatterAdd(rows, places, [size * length, ...others])
    return moveAxis(reshape(sums, [size, length, ...others]), 1, axis + 1)
  },
  unpick: (node, [dy, indices], size) => {
    const rank = elementShape(dy!).length
    const lead = ones(rank + 1 - node.shape.length)
    const inputs = [withAxis(dy!, size), aligned(indices!, rank)]
    return reshape(run(node, inputs, { shape: [size, ...lead, ...node.shape] }), [size, ...node.shape])
  },
}
