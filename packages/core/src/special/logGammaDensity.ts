import { HALF_LOG_TWO_PI } from './constants.ts'
import { deviance } from './deviance.ts'
import { lgamma, lgammaOnePlus } from './lgamma.ts'
import { stirlingCorrection } from './stirlingCorrection.ts'

/**
 * (a − 1)·log x − x − lgamma(a), the log density of the gamma distribution of shape a > 0 and rate 1 at x ≥ 0
 * (nats); with a = k + 1 the log probability of k under the Poisson distribution of rate x. Right limits at
 * x = 0: +∞ for a < 1, 0 for a = 1, −∞ for a > 1. −∞ for x < 0, NaN for a ≤ 0.
 *
 * For a ≥ 10 the terms, which would cancel, are Stirling's series and a·(u − log(1 + u)), u = (x − a)/a, after
 * Loader 2000, "Fast and accurate computation of binomial probabilities".
 *
 * Error below 1e-14, absolute where the value is below 1, else relative (measured, a from 1e-30 to 1e30).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.logGammaDensity(1e8, 1e8) // => -10.129278906
 * ```
 */
export function logGammaDensity(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return NaN
  if (x <= 0 || x === Infinity) return x === 0 && a <= 1 ? (a < 1 ? Infinity : 0) : -Infinity
  if (a < 0.5) return a * Math.log(x) + logRatio(a, x) - x - lgammaOnePlus(a)
  if (a < 10) return (a - 1) * Math.log(x) - x - lgamma(a)
  if (a === Infinity) return -Infinity
  return 0.5 * Math.log(a) - Math.log(x) - HALF_LOG_TWO_PI - stirlingCorrection(a) - poissonDeviance(a, x)
}

/** a·log(a/x) + x − a for a, x > 0: ≥ 0, and 0 at x = a. */
function poissonDeviance(a: number, x: number): number {
  const u = (x - a) / a
  return u < -0.9 ? a * Math.log(a / x) + (x - a) : a * deviance(u)
}

/** log(a/x), also where the quotient overflows. */
function logRatio(a: number, x: number): number {
  const ratio = a / x
  return ratio > 0 && ratio < Infinity ? Math.log(ratio) : Math.log(a) - Math.log(x)
}
