import { betaComplementOfSmallShape, betaScaledTail } from './betaincTerms.ts'
import { digamma } from './digamma.ts'
import { betaPrefactor } from './logBetaDensity.ts'
import { lbeta } from './lbeta.ts'
import { ndtri } from './ndtri.ts'
import { trigamma } from './trigamma.ts'

/**
 * x with I_x(a, b) = p, the quantile function of the beta distribution, a, b > 0: 0 at p = 0, 1 at p = 1, NaN
 * outside.
 *
 * Newton's method for the logarithm of the smaller tail as a function of log(x/(1 − x)). It is concave, so
 * that the method cannot fail, and does not underflow. I_x returns p within the rounding of x.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.betaincInverse(2, 3, 0.5248) // => 0.4
 * ```
 */
export function betaincInverse(a: number, b: number, p: number): number {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity && p >= 0 && p <= 1)) return NaN
  if (p === 0 || p === 1) return p
  const u = p <= 0.5 ? logOdds(a, b, p) : -logOdds(b, a, 1 - p)
  return u < 0 ? Math.exp(u) / (1 + Math.exp(u)) : 1 / (1 + Math.exp(-u))
}

/** log(x/(1 − x)) where I_x(a, b) = p ≤ ½. */
function logOdds(a: number, b: number, p: number): number {
  const target = Math.log(p)
  // I_x → (x/(1 − x))ᵃ/(a·B(a, b)) from below as x → 0, so that this solution is at or below the wanted one.
  const asymptote = (target + Math.log(a) + lbeta(a, b)) / a
  if (asymptote < -700) return asymptote
  let u = asymptote
  if (a >= 0.5 && b >= 0.5) {
    u = Math.max(u, digamma(a) - digamma(b) + ndtri(p) * Math.sqrt(trigamma(a) + trigamma(b)))
  } else if (b < 0.5) {
    // The same from the other end: 1 − I_x → (y/x)ᵇ/(b·B(a, b)) as y → 0.
    const limit = -(Math.log1p(-p) + Math.log(b) + lbeta(a, b)) / b
    if (limit > 40) return limit
    if (limit > 2) u = limit
  }
  const enough = 1e-8 * Math.min(1, Math.sqrt(1 / a + 1 / b))
  for (let i = 0; i < 200; i++) {
    const small = Math.exp(-Math.abs(u)) / (1 + Math.exp(-Math.abs(u)))
    const large = 1 / (1 + Math.exp(-Math.abs(u)))
    const x = u < 0 ? small : large
    const y = u < 0 ? large : small
    const logTail = logTailOf(a, b, x, y)
    const step = (target - logTail) / Math.exp(betaPrefactor(x, y, a, b) - logTail)
    u = Math.max(asymptote, u + (step > 2 ? 2 : step))
    if (!(Math.abs(step) > enough)) break
  }
  return u
}

function logTailOf(a: number, b: number, x: number, y: number): number {
  if (b < 0.5 && y <= 0.1 && y * a <= 0.1) return Math.log(betaComplementOfSmallShape(b, a, y))
  if (x * b <= y * a || (a < 0.5 && x <= 0.1 && x * b <= 0.1)) {
    return betaPrefactor(x, y, a, b) + Math.log(betaScaledTail(a, b, x, y))
  }
  if (b < 0.5 && y <= 0.7 && y * a <= 0.7) return Math.log(betaComplementOfSmallShape(b, a, y))
  return Math.log1p(-Math.exp(betaPrefactor(y, x, b, a)) * betaScaledTail(b, a, y, x))
}
