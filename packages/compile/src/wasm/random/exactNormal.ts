import { vectorCode } from '../instructions.ts'
import { lowerHalves, upperHalf } from '../inDouble.ts'
import { lanes } from '../lanes.ts'
import { horner } from '../maths/horner.ts'
import { log } from '../maths/log.ts'
import { V128, value, type Value } from '../value.ts'
import { CENTRAL, TAIL } from './standardNormal.ts'
import type { Words } from './threefry.ts'

const four = /* @__PURE__ */ lanes('float32', true)
const two = /* @__PURE__ */ lanes('float64', true)

/**
 * Four standard normals of the words of four counters, in float32 as core rounds them: √2·erfinv(u) computed in float64, of
 * what `standardNormal` computes in float32.
 */
export function exactNormals([word0, word1]: Words): Value {
  const bits = four.shiftRight(four.xor(word0, word1), 9)
  const u = four.add(
    four.mul(value(V128, vectorCode(0xfa), [bits]), four.constant(2 ** -22)),
    four.constant(-1 + 2 ** -24),
  )
  const rest = four.sub(four.constant(1), four.mul(u, u))
  const [low, high] = [ofTwo(u, rest), ofTwo(upperHalf(u), upperHalf(rest))]
  return lowerHalves(value(V128, vectorCode(0x5e), [low]), value(V128, vectorCode(0x5e), [high]))
}

/** Of the first two of four u and 1 − u², in float64. */
function ofTwo(u: Value, rest: Value): Value {
  const w = two.neg(logOf(rest))
  const central = horner(two, CENTRAL, two.sub(w, two.constant(2.5)))
  const tail = horner(two, TAIL, two.sub(two.sqrt(w), two.constant(3)))
  const ratio = two.select(two.lt(w, two.constant(5)), central, tail)
  const wide = value(V128, vectorCode(0x5f), [u])
  return two.mul(two.constant(Math.fround(Math.SQRT2)), two.mul(wide, ratio))
}

/** The logarithm of the first two of four float32 numbers as core's `fastLog` has it: of a number of 8 bits and what is left. */
function logOf(x: Value): Value {
  const exponent = converted(four.minus(four.shiftRight(x, 23), four.bits(127)))
  const entry = converted(four.and(four.shiftRight(x, 16), four.bits(127)))
  const near = two.add(two.constant(1), two.mul(entry, two.constant(2 ** -7)))
  const left = converted(four.and(x, four.bits(0xffff)))
  const r = two.mul(left, two.div(two.constant(2 ** -23), near))
  const series = [1, 1 / 2, 1 / 3, 1 / 4].reduceRight<Value | undefined>(
    (sum, term) => (sum ? two.sub(two.constant(term), two.mul(r, sum)) : two.constant(term)),
    undefined,
  )
  const whole = two.add(two.mul(exponent, two.constant(Math.LN2)), log(two, near))
  return two.add(whole, two.mul(r, series!))
}

/** Of whole numbers the first two as real ones. */
function converted(x: Value): Value {
  return value(V128, vectorCode(0xfe), [x])
}
