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
  const fused = (x: Value, y: Value, z: Value): Value => value(V128, code, [x, y, z])
  const products = new WeakMap<Value, readonly [Value, Value]>()
  return {
    ...l,
    ...(isFused && l.isVector
      ? {
          multiplyAdd: fused,
          mul: (x, y) => {
            const product = l.mul(x!, y!)
            products.set(product, [x!, y!])
            return product
          },
          add: (a, b) => {
            const [of, other] = products.has(b!) ? [products.get(b!), a!] : [products.get(a!), b!]
            return of ? fused(...of, other) : l.add(a!, b!)
          },
        }
      : {}),
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
  }
}
