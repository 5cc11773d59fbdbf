import { whole } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'

// Arithmetic on addresses and counts.

export function plus(a: Value, b: Value | number): Value {
  if (b === 0) return a
  return value(I32, [0x6a], [a, typeof b === 'number' ? whole(b) : b])
}

export function minus(a: Value, b: Value | number): Value {
  return value(I32, [0x6b], [a, typeof b === 'number' ? whole(b) : b])
}

export function times(a: Value, by: number): Value {
  return by === 1 ? a : value(I32, [0x6c], [a, whole(by)])
}

/** The smaller of two. */
export function least(a: Value, b: Value): Value {
  return value(I32, [0x1b], [a, b, value(I32, [0x48], [a, b])])
}
