import { digamma } from './digamma.ts'
import { logMinusDigamma } from './logMinusDigamma.ts'
import { relativeChange } from './relativeChange.ts'

/**
 * A smooth factor V of the incomplete gamma functions and its derivatives in a: P = D·V where `upper` is
 * false, Q = D·V where it is true, D = xᵃ·e⁻ˣ/Γ(a + 1). One scratch record, since nothing may be allocated.
 */
export interface GammaincJet {
  upper: boolean
  value: number
  first: number
  second: number
}

const jet: GammaincJet = { upper: false, value: 0, first: 0, second: 0 }

/**
 * V of `GammaincJet` by the power series or the continued fraction; the record is overwritten by the next
 * call.
 */
export function gammaincJet(a: number, x: number): GammaincJet {
  if (x < a || x < 1.5) series(a, x)
  else fraction(a, x)
  return jet
}

/** d log D/da = log x − ψ(a + 1). */
export function logPrefactorDerivative(a: number, x: number): number {
  return a < 10 ? Math.log(x) - digamma(a + 1) : logMinusDigamma(x, a) - 1 / a
}

function series(a: number, x: number): void {
  let term = 1
  let harmonic = 0
  let squares = 0
  let value = 1
  let first = 0
  let second = 0
  for (let n = 1; ; n++) {
    const reciprocal = 1 / (a + n)
    term *= x * reciprocal
    harmonic += reciprocal
    squares += reciprocal * reciprocal
    value += term
    first -= term * harmonic
    const part = term * (harmonic * harmonic + squares)
    second += part
    if (!(term > 1e-17 * value || part > 1e-17 * second)) break
  }
  jet.upper = false
  jet.value = value
  jet.first = first
  jet.second = second
}

/**
 * The numerators p and denominators q of the convergents are differentiated with respect to a, twice, as they
 * recur. A common factor, a function of a as well, keeps the last q at 1.
 */
function fraction(a: number, x: number): void {
  const start = x + 1 - a
  let p = 1 / start
  let p1 = p * p
  let p2 = 2 * p * p1
  let oldP = 0
  let oldQ = p
  let oldQ1 = p1
  let oldQ2 = p2
  let oldP1 = 0
  let oldP2 = 0
  let stalls = 0
  let last = 0
  for (let n = 1; n < 100000; n++) {
    const b = start + 2 * n
    const factor = n * (a - n)
    const q = b + factor * oldQ
    const q1 = factor * oldQ1 + n * oldQ - 1
    const q2 = factor * oldQ2 + 2 * n * oldQ1
    const nextP = b * p + factor * oldP
    const nextP1 = b * p1 - p + factor * oldP1 + n * oldP
    const nextP2 = b * p2 - 2 * p1 + factor * oldP2 + 2 * n * oldP1
    const f = 1 / q
    const f1 = -q1 * f * f
    const f2 = -(q2 * f + 2 * q1 * f1) * f
    oldQ = f
    oldQ1 = f1
    oldQ2 = f2
    oldP = p * f
    oldP1 = p * f1 + p1 * f
    oldP2 = p * f2 + 2 * p1 * f1 + p2 * f
    const value = nextP * f
    const first = nextP * f1 + nextP1 * f
    const second = nextP * f2 + 2 * nextP1 * f1 + nextP2 * f
    const settled = !(Math.abs(value - p) > 2e-16 * value)
    const change = Math.max(relativeChange(first, p1), relativeChange(second, p2))
    p = value
    p1 = first
    p2 = second
    if (settled) {
      // At whole a the derivatives settle long after the value does; down to a rounding error that may exceed the test:
      // then they come no closer.
      if (!(change < last)) stalls++
      if (!(change > 1e-15) || stalls >= 8 + (n >> 1)) break
    }
    last = change
  }
  jet.upper = true
  jet.value = a * p
  jet.first = p + a * p1
  jet.second = 2 * p1 + a * p2
}
