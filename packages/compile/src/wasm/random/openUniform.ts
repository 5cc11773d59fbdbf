import { vectorCode } from '../instructions.ts'
import { lanes } from '../lanes.ts'
import { V128, value, type Value } from '../value.ts'
import type { Words } from './threefry.ts'

const bits = /* @__PURE__ */ lanes('float32', true)
const l = /* @__PURE__ */ lanes('float64', true)

/** The largest float32 number below 1. */
const BELOW_ONE = 1 - 2 ** -24

/** Uniform numbers on (0, 1) in float64, never an end of it nor what float32 rounds to 1, of the first two of four counters. */
export function openUniforms([word0, word1]: Words): Value {
  const high = l.mul(converted(word0), l.constant(2 ** 20))
  const low = converted(bits.shiftRight(word1, 12))
  const unit = l.mul(l.add(l.add(high, low), l.constant(0.5)), l.constant(2 ** -52))
  return l.min(unit, l.constant(BELOW_ONE))
}

/** Of whole numbers ≥ 0 the first two as real ones. */
function converted(x: Value): Value {
  return value(V128, vectorCode(0xff), [x])
}
