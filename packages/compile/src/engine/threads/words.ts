import { whole } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'

/** How many parts are not begun, by the state of a board. */
export function partsIn(state: Value): Value {
  return value(I32, [0x71], [state, whole(0xffff)])
}

export function isNot(x: Value, other: number): Value {
  return value(I32, [0x47], [x, whole(other)])
}

export function isMore(x: Value, other: number): Value {
  return value(I32, [0x4a], [x, whole(other)])
}
