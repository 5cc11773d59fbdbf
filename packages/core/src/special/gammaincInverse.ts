import {
  gammaPrefactor,
  lowerSeries,
  temmeScaledTail,
  upperFraction,
  upperOfSmallShape,
} from './gammaincTerms.ts'
import { lgamma, lgammaOnePlus } from './lgamma.ts'
import { ndtri } from './ndtri.ts'
import { inTemmeRange, temmeEta } from './temme.ts'

/**
 * x with P(a, x) = p, the quantile function of the gamma distribution of shape a > 0 and rate 1. 0 at p = 0,
 * +∞ at p = 1, NaN outside. For p near 1 use `gammainccInverse`, whose argument keeps its digits.
 *
 * Newton's method for log P or log Q as a function of log x. Both are concave, so that it cannot fail, and
 * they do not underflow. P returns p within the rounding of x.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.gammaincInverse(2, 0.5) // => 1.67834699
 * ```
 */
export function gammaincInverse(a: number, p: number): number {
  if (!(a > 0 && a < Infinity && p >= 0 && p <= 1)) return a === 0 && p >= 0 && p <= 1 ? 0 : NaN
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity
  return p <= 0.5 ? solve(a, p, false) : solve(a, 1 - p, true)
}

/**
 * x with Q(a, x) = q, the inverse of `gammaincc` in its second argument, precise for tiny q.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.gammainccInverse(2, 1e-100) // => 235.72541016
 * ```
 */
export function gammainccInverse(a: number, q: number): number {
  if (!(a > 0 && a < Infinity && q >= 0 && q <= 1)) return a === 0 && q >= 0 && q <= 1 ? 0 : NaN
  if (q === 0 || q === 1) return q === 1 ? 0 : Infinity
  return q <= 0.5 ? solve(a, q, true) : solve(a, 1 - q, false)
}

/** Beyond it the error of Wilson & Hilferty's quantile, a^(−3/2) of it, is rounding. */
const NARROW = 1e15

/** x where the lower or the upper tail is `probability` ≤ ½. */
function solve(a: number, probability: number, upper: boolean): number {
  const target = Math.log(probability)
  const asymptote =
    ((upper ? Math.log1p(-probability) : target) + (a < 0.5 ? lgammaOnePlus(a) : lgamma(a + 1))) / a
  // P(a, x) → xᵃ/Γ(a + 1) from below, so that this solution is at or below the wanted one.
  if (asymptote < -37) return Math.exp(asymptote)
  let u = asymptote
  if (a >= 0.5 && (upper || asymptote > -1)) {
    // Wilson & Hilferty 1931
    const root = 1 - 1 / (9 * a) + ((upper ? -1 : 1) * ndtri(probability)) / (3 * Math.sqrt(a))
    if (a > NARROW) return a * root ** 3
    if (root > 0.1) u = Math.max(asymptote, Math.log(a) + 3 * Math.log(root))
  }
  const enough = 1e-8 / (1 + Math.sqrt(a))
  for (let i = 0; i < 200; i++) {
    const x = Math.exp(u)
    const logTail = upper ? logUpper(a, x) : logLower(a, x)
    const hazard = Math.exp(gammaPrefactor(a, x) + Math.log(a) - logTail)
    const step = upper ? (logTail - target) / hazard : (target - logTail) / hazard
    u = Math.max(asymptote, u + (step > 1 ? 1 : step))
    if (!(Math.abs(step) > enough)) break
  }
  return Math.exp(u)
}

function logLower(a: number, x: number): number {
  if (inTemmeRange(a, x)) {
    const eta = temmeEta(a, x)
    if (eta <= 0) return Math.log(temmeScaledTail(a, eta)) - 0.5 * a * eta * eta
    return Math.log1p(-temmeScaledTail(a, eta) * Math.exp(-0.5 * a * eta * eta))
  }
  if (x < a || x < 1.5) return gammaPrefactor(a, x) + Math.log(lowerSeries(a, x))
  return Math.log1p(-Math.exp(gammaPrefactor(a, x)) * a * upperFraction(a, x))
}

function logUpper(a: number, x: number): number {
  if (inTemmeRange(a, x)) {
    const eta = temmeEta(a, x)
    if (eta >= 0) return Math.log(temmeScaledTail(a, eta)) - 0.5 * a * eta * eta
    return Math.log1p(-temmeScaledTail(a, eta) * Math.exp(-0.5 * a * eta * eta))
  }
  if (x < 1.5 && a < 1) return Math.log(upperOfSmallShape(a, x))
  if (x < a || x < 1.5) return Math.log1p(-Math.exp(gammaPrefactor(a, x)) * lowerSeries(a, x))
  return gammaPrefactor(a, x) + Math.log(a * upperFraction(a, x))
}
