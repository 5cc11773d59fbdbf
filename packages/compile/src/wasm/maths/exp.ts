import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { horner } from './horner.ts'

/** ln 2 in two parts: the first has so many trailing zeros that its product with the exponent is exact. */
const LN2 = {
  float32: [0.693359375, -2.1219444005469057e-4],
  float64: [6.9314718036912381649e-1, 1.90821492927058770002e-10],
} as const

/** Beyond these eˣ is 0 and ∞. */
const ENDS = { float32: [-104, 89], float64: [-746, 710] } as const

/** Terms of (eʳ − 1 − r)/r² = ½ + r/6 + r²/24 + …, for |r| ≤ ½·ln 2. */
const TERMS = { float32: 6, float64: 12 } as const

/** x as n·ln 2 + r, and eʳ − 1. */
interface Reduced {
  readonly n: Value
  readonly excess: Value
}

function reduce(l: Lanes, x: Value): Reduced {
  const [low, high] = ENDS[l.precision]
  const within = l.atMost(l.atLeast(x, l.constant(low)), l.constant(high))
  const n = l.nearest(l.mul(within, l.constant(Math.LOG2E)))
  const [ln2, rest] = LN2[l.precision]
  const r = l.sub(l.sub(within, l.mul(n, l.constant(ln2))), l.mul(n, l.constant(rest)))
  return { n, excess: l.add(r, excessOverLine(l, r)) }
}

/** eʳ − 1 − r. */
export function excessOverLine(l: Lanes, r: Value): Value {
  return l.mul(l.mul(r, r), horner(l, reciprocalFactorials(TERMS[l.precision]), r))
}

function reciprocalFactorials(count: number): number[] {
  let term = 1
  return Array.from({ length: count }, (_, n) => (term /= n + 2))
}

/** eˣ. */
export function exp(l: Lanes, x: Value): Value {
  return l.primitives?.exp(x) ?? powerOf(l, reduce(l, x))
}

/** eˣ − 1. */
export function expm1(l: Lanes, x: Value): Value {
  return l.primitives?.expm1(x) ?? powerLessOne(l, x, reduce(l, x))
}

/** eˣ and eˣ − 1. */
export function expAndExpm1(l: Lanes, x: Value): readonly [exp: Value, expm1: Value] {
  if (l.primitives) return [exp(l, x), expm1(l, x)]
  const reduced = reduce(l, x)
  return [powerOf(l, reduced), powerLessOne(l, x, reduced)]
}

/** 2ⁿ·eʳ. */
function powerOf(l: Lanes, { n, excess }: Reduced): Value {
  return timesPowerOfTwo(l, l.add(l.constant(1), excess), n)
}

/** 2ⁿ·(eʳ − 1) + 2ⁿ − 1. */
function powerLessOne(l: Lanes, x: Value, reduced: Reduced): Value {
  const { n, excess } = reduced
  const most = l.isDouble ? 1023 : 127
  const power = powerOfTwo(l, l.atLeast(l.atMost(n, l.constant(most)), l.constant(1 - most)))
  const less = l.add(l.mul(power, excess), l.sub(power, l.constant(1)))
  const unlessZero = l.select(l.eq(x, l.constant(0)), x, less)
  return l.select(l.gt(n, l.constant(most)), powerOf(l, reduced), unlessZero)
}

/** x·2ⁿ in two steps, so that neither power over- or underflows where the product does not. */
export function timesPowerOfTwo(l: Lanes, x: Value, n: Value): Value {
  const half = l.floor(l.mul(n, l.constant(0.5)))
  return l.mul(l.mul(x, powerOfTwo(l, half)), powerOfTwo(l, l.sub(n, half)))
}

/** 2ⁿ for whole n that are exponents of normal numbers: n + bias, moved to where the exponent stands. */
function powerOfTwo(l: Lanes, n: Value): Value {
  if (l.primitives) return l.primitives.powerOfTwo(n)
  const [bias, width] = l.isDouble ? [1023, 52] : [127, 23]
  // Added to 1½·2ʷ, a whole number stands in the lowest bits of the sum.
  return l.fromBits(l.shiftLeft(l.toBits(l.add(n, l.constant(1.5 * 2 ** width + bias))), width))
}
