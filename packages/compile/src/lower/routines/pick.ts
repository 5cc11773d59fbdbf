import { sizeOf, type Node } from '../../graph/node.ts'
import { whole } from '../../wasm/statement.ts'
import { value, type Value } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { bytesOf, loadElement, loadNumber, placeIn, storeElement } from './elements.ts'
import { fillZeros } from './fillZeros.ts'
import { plus, times } from './integers.ts'
import { batched, overBatch } from './overBatch.ts'

/** The place that an index names in a row, and whether it names one. */
function placeOf(target: Target, indices: Node, at: Value, row: Node): readonly [Value, Value] {
  const [isPlace, place] = placeIn(loadNumber(target, indices, at), row.shape.at(-1)!)
  return [isPlace, times(place, bytesOf(target, row))]
}

/** One element of the last axis for each index; NaN, or 0 of what has none, for one that is no place. */
export const pick: Routine = (node, target) => {
  const [x, indices] = node.inputs as readonly [Node, Node]
  if (sizeOf(node.shape) === 0) return []
  if (sizeOf(x.shape) === 0) return undefined
  const { lanes: l } = target
  const none = node.dtype === 'int32' ? whole(0) : l.constant(node.dtype === 'bool' ? 0 : NaN)
  const body = overBatch(node.shape, batched(target, [x, indices, node], [1, 0, 0]), ([row, index, to]) => {
    const [isPlace, place] = placeOf(target, indices, index!, x)
    const picked = loadElement(target, x, plus(row!, place))
    return [storeElement(target, node, value(none.type, [0x1b], [picked, none, isPlace]), to!)]
  })
  return [target.define(body)]
}

/** Zeros to which numbers are added where `pick` took them; those of no place are left out. */
export const unpick: Routine = (node, target) => {
  const [dy, indices] = node.inputs as readonly [Node, Node]
  if (dy.dtype !== 'float32') return undefined
  if (sizeOf(node.shape) === 0) return []
  const { lanes: l } = target
  const beside = whole(target.room(l.bytes))
  const body = overBatch(dy.shape, batched(target, [node, indices, dy], [1, 0, 0]), ([row, index, from]) => {
    const [isPlace, place] = placeOf(target, indices, index!, node)
    const to = value(beside.type, [0x1b], [plus(row!, place), beside, isPlace])
    return [storeElement(target, node, l.add(l.load(to, 0), l.load(from!, 0)), to)]
  })
  return [target.define([...fillZeros(target, whole(target.address(node)), sizeOf(node.shape)), ...body])]
}
