import { sizeOf, type Node } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32, type Value } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { loadElement } from './elements.ts'
import { fillZeros } from './fillZeros.ts'
import { placeBelow } from './gather.ts'
import { plus, times } from './integers.ts'
import { store, storeVector } from './memory.ts'
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
          ...added(target, from.get, to, count),
          { variable: from, to: plus(from.get, slice) },
        ]),
      ]),
    ]
  })
}

/** Adds numbers to others. */
function added(
  { lanes: one, vectors: l }: Target,
  from: Value,
  to: Value,
  count: number,
): readonly Statement[] {
  if (count === 1) return [store(one, one.add(one.load(to, 0), one.load(from, 0)), to)]
  const rest = count % l.count
  const end = (count - rest) * l.bytes
  const at = variable(I32)
  const vector = (x: Value, y: Value, offset: number, lanes: number): readonly Statement[] =>
    storeVector(l, l.add(l.load(y, offset), l.load(x, offset)), y, offset, lanes)
  return [
    ...(end > 0 ? [repeat(at, 0, end, 16, vector(plus(from, at.get), plus(to, at.get), 0, l.count))] : []),
    ...(rest > 0 ? vector(from, to, end, rest) : []),
  ]
}
