import { sizeOf, type Node } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { copy } from './copy.ts'
import { bytesOf, loadElement } from './elements.ts'
import { plus, times } from './integers.ts'
import { rescued } from './rescued.ts'

/** The slices of an axis at indices; that they are within the axis is claimed. */
export const gather: Routine = (node, target) => {
  const [x, indices] = node.inputs as readonly [Node, Node]
  if (indices.dtype !== 'int32') return undefined
  const axis = node.attributes['axis'] as number
  const length = x.shape[axis]!
  const slice = sizeOf(x.shape.slice(axis + 1)) * bytesOf(target, x)
  const [outer, at, to] = [variable(I32), variable(I32), variable(I32)]
  const start = target.address(indices)
  const end = start + 4 * sizeOf(indices.shape)
  return rescued(node, target, (claim) => {
    const index = loadElement(target, indices, at.get)
    const [isPlace, place] = placeBelow(index, length)
    // Indices of nothing have to be within it, too.
    if (sizeOf(node.shape) === 0 || sizeOf(x.shape) === 0)
      return [repeat(at, start, end, 4, [claim(isPlace)])]
    const from = plus(plus(times(outer.get, length * slice), times(place, slice)), target.address(x))
    const one: readonly Statement[] = [
      claim(isPlace),
      ...copy(from, to.get, slice),
      { variable: to, to: plus(to.get, slice) },
    ]
    return [
      { variable: to, to: whole(target.address(node)) },
      repeat(outer, 0, sizeOf(x.shape.slice(0, axis)), 1, [repeat(at, start, end, 4, one)]),
    ]
  })
}

/** Whether a whole number is from 0 to below `length`, and the number, or 0 if it is not. */
export function placeBelow(index: Value, length: number): readonly [isPlace: Value, place: Value] {
  // Without signs what is negative is large.
  const isPlace = value(I32, [0x49], [index, whole(length)])
  return [isPlace, value(I32, [0x1b], [index, whole(0), isPlace])]
}
