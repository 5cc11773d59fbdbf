import { lanes } from '../../../wasm/lanes.ts'
import type { Words } from '../../../wasm/random/threefry.ts'
import { whole } from '../../../wasm/statement.ts'
import { F64, value, type Value } from '../../../wasm/value.ts'
import { one as l } from '../linalg/wide.ts'

// What draws take from the two words of a counter, as core does: a ziggurat's layer 8 bits, its sign one.

const bits = /* @__PURE__ */ lanes('float32', false)

/** A uniform number in (0, 1), never an end, of 52 bits. */
export function uniformOf([word0, word1]: Words): Value {
  const high = l.mul(unsignedNumber(word0), l.constant(2 ** 20))
  const sum = l.add(l.add(high, unsignedNumber(bits.shiftRight(word1, 12))), l.constant(0.5))
  return l.mul(sum, l.constant(2 ** -52))
}

/** A uniform number in [0, 1), at most 1 − 2⁻⁵², so that no product with it is rounded up to the other factor. */
export function shareOf([word0, word1]: Words): Value {
  const high = l.mul(unsignedNumber(word0), l.constant(2 ** 20))
  return l.mul(l.add(high, unsignedNumber(bits.shiftRight(word1, 12))), l.constant(2 ** -52))
}

export function spareOfUniform([, word1]: Words): Value {
  return bits.and(word1, whole(0xfff))
}

export function spareOfNormal(word0: Value): Value {
  return bits.and(bits.shiftRight(word0, 9), whole(0xfff))
}

/** ±1. */
export function signOf(word0: Value): Value {
  const twice = bits.and(bits.shiftRight(word0, 7), whole(2))
  return l.sub(l.constant(1), unsignedNumber(twice))
}

/** What an acceptance that begins with spare bits is surely not above. */
export function mostOf(spare: Value): Value {
  return l.mul(l.add(unsignedNumber(spare), l.constant(1)), l.constant(2 ** -12))
}

/** A whole number ≥ 0 of 32 bits in float64. */
export function unsignedNumber(x: Value): Value {
  return value(F64, [0xb8], [x])
}

/** The place within its layer of a draw by a ziggurat: 43 bits. */
export function fractionOf([word0, word1]: Words): Value {
  const high = l.mul(unsignedNumber(bits.shiftRight(word0, 21)), l.constant(2 ** 32))
  return l.mul(l.add(l.add(high, unsignedNumber(word1)), l.constant(0.5)), l.constant(2 ** -43))
}
