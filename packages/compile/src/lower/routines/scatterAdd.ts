import { sizeOf, type Node } from '../../graph/node.ts'
import { repeat, variable, whole } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { loadElement } from './elements.ts'
import { addTo } from './addTo.ts'
import { fillZeros } from './fillZeros.ts'
import { placeBelow } from './gather.ts'
import { plus, times } from './integers.ts'
import { rescued } from './rescued.ts'

/** Zeros to which slices are added at indices along an axis; that these are within it is claimed. */
export const scatterAdd: Routine = (node, target) => {
  const [dy, indices] = node.inputs as readonly [Node, Node]
  if (indices.dtype !== 'int32' || dy.dtype !== 'float32' || sizeOf(node.shape) === 0) return undefined
  const axis = node.attributes['axis'] as number
  const length = node.shape[axis]!
  const count = sizeOf(node.shape.slice(axis + 1))
  const slice = count * target.lanes.bytes
  const [outer, at, from] = [variable(I32), variable(I32), variable(I32)]
  const start = target.address(indices)
  return rescued(node, target, (claim) => {
    const [isPlace, place] = placeBelow(loadElement(target, indices, at.get), length)
    const to = plus(plus(times(outer.get, length * slice), times(place, slice)), target.address(node))
    const end = start + 4 * sizeOf(indices.shape)
    return [
      ...fillZeros(target, whole(target.address(node)), sizeOf(node.shape)),
      { variable: from, to: whole(target.address(dy)) },
      repeat(outer, 0, sizeOf(node.shape.slice(0, axis)), 1, [
        repeat(at, start, end, 4, [
          claim(isPlace),
          ...addTo(target, from.get, to, count),
          { variable: from, to: plus(from.get, slice) },
        ]),
      ]),
    ]
  })
}
