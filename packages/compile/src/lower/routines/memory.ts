import { unsigned } from '../../wasm/encode.ts'
import { vectorCode } from '../../wasm/instructions.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import type { Statement } from '../../wasm/statement.ts'
import { V128, value, type Value } from '../../wasm/value.ts'
import { vectorOf } from '../../wasm/vectorOf.ts'

// Numbers of memory beyond what `Lanes` reads: `l` is that of vectors but where one number is said. Offsets are in bytes.

/** The number at an address, in every lane. */
export function splatAt(l: Lanes, address: Value, offset = 0): Value {
  return value(V128, [...vectorCode(l.isDouble ? 0x0a : 0x09), ...place(l, offset)], [address])
}

/** A vector with the number at an address in one of its lanes. */
export function loadLane(l: Lanes, into: Value, lane: number, address: Value, offset: number): Value {
  return value(V128, [...vectorCode(l.isDouble ? 0x57 : 0x56), ...place(l, offset), lane], [address, into])
}

/** Stores the first `count` lanes, or all. */
export function storeVector(
  l: Lanes,
  x: Value,
  address: Value,
  offset: number,
  count: number = l.count,
): Statement[] {
  if (count === l.count) return [{ code: [...vectorCode(0x0b), 0, ...unsigned(offset)], args: [address, x] }]
  const lanesAt = (code: number, lane: number, at: number): Statement => ({
    code: [...vectorCode(code), 0, ...unsigned(offset + at), lane],
    args: [address, x],
  })
  if (l.isDouble) return [lanesAt(0x5b, 0, 0)]
  return [
    ...(count >= 2 ? [lanesAt(0x5b, 0, 0)] : []),
    ...(count % 2 === 1 ? [lanesAt(0x5a, count - 1, 4 * (count - 1))] : []),
  ]
}

/** Stores one lane of a vector. */
export function storeLane(l: Lanes, x: Value, lane: number, address: Value, offset: number): Statement {
  return { code: [...vectorCode(l.isDouble ? 0x5b : 0x5a), ...place(l, offset), lane], args: [address, x] }
}

/** Stores one number. */
export function store(one: Lanes, x: Value, address: Value, offset = 0): Statement {
  return { code: [one.isDouble ? 0x39 : 0x38, ...place(one, offset)], args: [address, x] }
}

/** How an instruction names memory: its alignment as a power of 2, and what is added to the address. */
function place(l: Lanes, offset: number): readonly number[] {
  return [l.isDouble ? 3 : 2, ...unsigned(offset)]
}

/** The number in a lane of a vector. */
export function numberIn(l: Lanes, one: Lanes, x: Value, lane: number): Value {
  return value(one.type, [...vectorCode(l.isDouble ? 0x21 : 0x1f), lane], [x])
}

/** The lanes of a vector, combined in pairs. */
export function combinedLanes(l: Lanes, one: Lanes, x: Value, combine: (a: Value, b: Value) => Value): Value {
  const lane = (i: number): Value => numberIn(l, one, x, i)
  return l.isDouble
    ? combine(lane(0), lane(1))
    : combine(combine(lane(0), lane(2)), combine(lane(1), lane(3)))
}

/** A number in every lane. */
export function splatOf(l: Lanes, x: Value): Value {
  return value(V128, vectorCode(l.isDouble ? 0x14 : 0x13), [x])
}

/** Vectors whose first `count` lanes are all ones, the others zeros: with `and` they leave those. */
export function mask(count: number, bytes: 4 | 8): Value {
  const lane = (_: unknown, i: number): number => (i < count * bytes ? 0xff : 0)
  return vectorOf(Array.from({ length: 16 }, lane))
}
