import { vectorCode } from '../instructions.ts'
import { lanes } from '../lanes.ts'
import { horner } from '../maths/horner.ts'
import { log } from '../maths/log.ts'
import { V128, value, type Value } from '../value.ts'
import type { Words } from './threefry.ts'

const l = /* @__PURE__ */ lanes('float32', true)

/** Giles's polynomials of erfinv(u)/u (2012), in w − 2.5 for w = −log(1 − u²) below 5, and in √w − 3. */
export const CENTRAL: readonly number[] = [
  1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087, -4.39150654e-6, -3.5233877e-6,
  3.43273939e-7, 2.81022636e-8,
]
export const TAIL: readonly number[] = [
  2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773, -0.00367342844, 0.00134934322,
  0.000100950558, -0.000200214257,
]

/** Four standard normals of the words of four counters: √2·erfinv(u), u uniform on (−1, 1), in float32. */
export function standardNormal([word0, word1]: Words): Value {
  const bits = l.shiftRight(l.xor(word0, word1), 9)
  const u = l.add(l.mul(converted(bits), l.constant(2 ** -22)), l.constant(-1 + 2 ** -24))
  const w = l.neg(log(l, l.sub(l.constant(1), l.mul(u, u))))
  const central = horner(l, CENTRAL, l.sub(w, l.constant(2.5)))
  const tail = horner(l, TAIL, l.sub(l.sqrt(w), l.constant(3)))
  const ratio = l.select(l.lt(w, l.constant(5)), central, tail)
  return l.mul(l.constant(Math.SQRT2), l.mul(u, ratio))
}

/** Whole numbers below 2³¹ as real ones. */
function converted(bits: Value): Value {
  return value(V128, vectorCode(0xfa), [bits])
}
