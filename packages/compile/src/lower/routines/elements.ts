import type { Node } from '../../graph/node.ts'
import { unsigned } from '../../wasm/encode.ts'
import type { Statement } from '../../wasm/statement.ts'
import { F64, I32, value, type Value } from '../../wasm/value.ts'
import { wrapped } from '../element.ts'
import type { Target } from '../target.ts'
import { loadWide, one } from './linalg/wide.ts'
import { store } from './memory.ts'

// Elements of tensors in memory, whatever their type: as `Target.address` has them.

/** The bytes of an element. */
export function bytesOf({ lanes }: Target, { dtype }: Node): 4 | 8 {
  return dtype === 'int32' ? 4 : lanes.bytes
}

/** An element as it is: an i32, or a number in the precision. */
export function loadElement({ lanes: l }: Target, { dtype }: Node, address: Value): Value {
  return dtype === 'int32' ? value(I32, [0x28, 2, ...unsigned(0)], [address]) : l.load(address, 0)
}

export function storeElement({ lanes: l }: Target, { dtype }: Node, x: Value, address: Value): Statement {
  return dtype === 'int32' ? { code: [0x36, 2, 0], args: [address, x] } : store(l, x, address)
}

/** An element as a number in float64. */
export function loadNumber(target: Target, node: Node, address: Value): Value {
  return node.dtype === 'int32'
    ? value(F64, [0xb7], [loadElement(target, node, address)])
    : loadWide(target.lanes, address)
}

/** Whether a number in float64 is a place among `length`, or within one, and which; 0 if it is not. */
export function placeIn(index: Value, length: number): readonly [isPlace: Value, place: Value] {
  const isPlace = one.both(one.ge(index, one.constant(0)), one.lt(index, one.constant(length)))
  return [isPlace, value(I32, [0x1b], [wrapped(one, index), value(I32, [0x41, 0]), isPlace])]
}
