import { unsigned } from '../../wasm/encode.ts'
import { whole, type Instruction } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'

// Arithmetic on addresses and counts, and whole numbers in memory.

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

/** The number in memory at a byte address. */
export function int32At(address: number): Value {
  return value(I32, [0x28, 2, ...unsigned(address)], [whole(0)])
}

/** @param from how many bytes behind the address, where that is computed. */
export function storeInt32(address: number, x: Value, from: Value = whole(0)): Instruction {
  return { code: [0x36, 2, ...unsigned(address)], args: [from, x] }
}
