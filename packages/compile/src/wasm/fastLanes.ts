import { vectorCode } from './instructions.ts'
import type { Lanes } from './lanes.ts'
import { V128, value, type Value } from './value.ts'

/** Numbers of a size of which the reciprocals are as precise: neither those nor these are subnormal. */
const LARGEST = { float32: 2 ** 126, float64: 2 ** 1022 } as const

/**
 * Arithmetic whose last bits may be others: what is divided by constants is multiplied by their reciprocals, and products
 * in vectors are added with one rounding where the engine can.
 *
 * @param isFused whether it can.
 */
export function fastLanes(l: Lanes, isFused: boolean): Lanes {
  const constants = new WeakMap<Value, number>()
  const code = vectorCode(l.isDouble ? 0x107 : 0x105)
  return {
    ...l,
    constant: (x) => {
      const constant = l.constant(x)
      constants.set(constant, x)
      return constant
    },
    div: (a, b) => {
      const size = Math.abs(constants.get(b!) ?? 0)
      const isRegular = size >= 1 / LARGEST[l.precision] && size <= LARGEST[l.precision]
      return isRegular ? l.mul(a!, l.constant(1 / constants.get(b!)!)) : l.div(a!, b!)
    },
    multiplyAdd: isFused && l.isVector ? (x, y, z) => value(V128, code, [x, y, z]) : l.multiplyAdd,
  }
}
