import { digamma } from './digamma.ts'
import { logMinusDigamma } from './logMinusDigamma.ts'

/**
 * A smooth factor V of the incomplete gamma functions and its derivatives in a: P = D·V where `upper` is false,
 * Q = D·V where it is true, D = xᵃ·e⁻ˣ/Γ(a + 1). One scratch record, since nothing may be allocated.
 */
export interface GammaincJet {
  upper: boolean
  value: number
  first: number
  second: number
}

const jet: GammaincJet = { upper: false, value: 0, first: 0, second: 0 }

/** V of `GammaincJet` by the power series or the continued fraction; the record is overwritten by the next call. */
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
    if (term < 1e-17 * value && part < 1e-17 * second) break
  }
  jet.upper = false
  jet.value = value
  jet.first = first
  jet.second = second
}

/** The convergents' numerators and denominators are differentiated with respect to a, twice, as they recur. */
function fraction(a: number, x: number): void {
  let b = x + 1 - a
  let p = 1
  let p1 = 0
  let p2 = 0
  let q = b
  let q1 = -1
  let q2 = 0
  let oldP = 0
  let oldP1 = 0
  let oldP2 = 0
  let oldQ = 1
  let oldQ1 = 0
  let oldQ2 = 0
  let value = p / q
  let first = 0
  let second = 0
  for (let n = 1; n < 100000; n++) {
    b += 2
    const factor = n * (a - n)
    const nextP = b * p + factor * oldP
    const nextP1 = b * p1 - p + factor * oldP1 + n * oldP
    const nextP2 = b * p2 - 2 * p1 + factor * oldP2 + 2 * n * oldP1
    const nextQ = b * q + factor * oldQ
    const nextQ1 = b * q1 - q + factor * oldQ1 + n * oldQ
    const nextQ2 = b * q2 - 2 * q1 + factor * oldQ2 + 2 * n * oldQ1
    const scale = 1 / nextQ
    oldP = p * scale
    oldP1 = p1 * scale
    oldP2 = p2 * scale
    oldQ = q * scale
    oldQ1 = q1 * scale
    oldQ2 = q2 * scale
    p = nextP * scale
    p1 = nextP1 * scale
    p2 = nextP2 * scale
    q = 1
    q1 = nextQ1 * scale
    q2 = nextQ2 * scale
    const nextFirst = p1 - p * q1
    const nextSecond = p2 - p * q2 - 2 * nextFirst * q1
    const settled =
      Math.abs(p - value) <= 1e-16 * p &&
      Math.abs(nextFirst - first) <= 1e-15 * Math.abs(first) &&
      Math.abs(nextSecond - second) <= 1e-14 * Math.abs(second)
    value = p
    first = nextFirst
    second = nextSecond
    if (settled) break
  }
  jet.upper = true
  jet.value = a * value
  jet.first = value + a * first
  jet.second = 2 * first + a * second
}
