import { unsigned } from '../../../wasm/encode.ts'
import { vectorCode } from '../../../wasm/instructions.ts'
import { lanes, type Lanes } from '../../../wasm/lanes.ts'
import type { Statement } from '../../../wasm/statement.ts'
import { F32, F64, V128, value, type Value } from '../../../wasm/value.ts'
import { store, storeVector } from '../memory.ts'

// Linear algebra is computed in float64 in either precision, as by core: numbers are widened as they are read, and rounded
// as they are written. `l` tells which precision memory holds.

export const one: Lanes = /* @__PURE__ */ lanes('float64', false)
export const pair: Lanes = /* @__PURE__ */ lanes('float64', true)

/** The number at an address. */
export function loadWide(l: Lanes, address: Value, offset = 0): Value {
  if (l.isDouble) return one.load(address, offset)
  return value(F64, [0xbb], [value(F32, [0x2a, 2, ...unsigned(offset)], [address])])
}

export function storeWide(l: Lanes, x: Value, address: Value, offset = 0): Statement {
  return store(l, l.isDouble ? x : value(F32, [0xb6], [x]), address, offset)
}

/** The number at an address, in both lanes. */
export function splatWide(l: Lanes, address: Value): Value {
  return splat(loadWide(l, address))
}

export function splat(x: Value): Value {
  return value(V128, vectorCode(0x14), [x])
}

/** Numbers from an address on, `width` pairs of them. */
export function loadPairs(l: Lanes, address: Value, width: number): readonly Value[] {
  if (l.isDouble) return Array.from({ length: width }, (_, v) => pair.load(address, 16 * v))
  return Array.from({ length: width }, (_, v) => {
    // Two numbers of four bytes, and nothing behind them.
    const two = value(V128, [...vectorCode(0x5d), 3, ...unsigned(8 * v)], [address])
    return value(V128, vectorCode(0x5f), [two])
  })
}

/** Stores `count` numbers of pairs from an address on. */
export function storePairs(
  l: Lanes,
  pairs: readonly Value[],
  address: Value,
  count: number,
): readonly Statement[] {
  return pairs.flatMap((x, v) => {
    const lanes = Math.min(2, count - 2 * v)
    if (l.isDouble) return storeVector(pair, x, address, 16 * v, lanes)
    const narrow = value(V128, vectorCode(0x5e), [x])
    const code = [...vectorCode(lanes === 2 ? 0x5b : 0x5a), 0, ...unsigned(8 * v), 0]
    return [{ code, args: [address, narrow] }]
  })
}
