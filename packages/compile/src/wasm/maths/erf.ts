import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { copySign } from './copySign.ts'
import { erfcxPositive, expOfSquare } from './erfcx.ts'
import { horner } from './horner.ts'

/** Terms of 2/√π·Σ (−1)ⁿ·x²ⁿ/(n!·(2n + 1)) = erf(x)/x (DLMF 7.6.1) for |x| ≤ ½. */
const TERMS = { float32: 6, float64: 12 } as const

function taylor(count: number): number[] {
  let term = 2 / Math.sqrt(Math.PI)
  return Array.from({ length: count }, (_, n) => (term /= -n || 1) / (2 * n + 1))
}

/** erf(x) for |x| ≤ ½. */
function nearZero(l: Lanes, x: Value): Value {
  return l.mul(x, horner(l, taylor(TERMS[l.precision]), l.mul(x, x)))
}

/** erfc |x|. */
function tail(l: Lanes, x: Value): Value {
  return l.mul(expOfSquare(l, x, -1), erfcxPositive(l, l.abs(x)))
}

function isNearZero(l: Lanes, x: Value): Value {
  return l.lt(l.abs(x), l.constant(0.5))
}

export function erf(l: Lanes, x: Value): Value {
  const far = copySign(l, l.sub(l.constant(1), tail(l, x)), x)
  return l.select(isNearZero(l, x), nearZero(l, x), far)
}

export function erfc(l: Lanes, x: Value): Value {
  const right = tail(l, x)
  const far = l.select(l.lt(x, l.constant(0)), l.sub(l.constant(2), right), right)
  return l.select(isNearZero(l, x), l.sub(l.constant(1), nearZero(l, x)), far)
}

/** exp(x²)·erfc(x). */
export function erfcx(l: Lanes, x: Value): Value {
  const right = erfcxPositive(l, l.abs(x))
  const left = l.sub(l.mul(l.constant(2), expOfSquare(l, x, 1)), right)
  return l.select(l.lt(x, l.constant(0)), left, right)
}
