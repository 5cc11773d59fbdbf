import { logBinomial } from './logBinomialDensity.ts'
import { softplus } from './softplus.ts'

/**
 * lgamma(k + r) − lgamma(r) − lgamma(k + 1) + k·log σ(logit) + r·log σ(−logit), the log probability of k
 * successes, whose log odds are `logit`, before the r-th failure (nats), for real k ≥ 0, r ≥ 0; −∞ for k < 0.
 * Limits are exact at logit = ±∞, k = 0 and r = 0 (all mass at 0).
 *
 * It is log(r/(k + r)) more than the binomial log probability of k successes among k + r trials.
 *
 * Error below 1e-12, absolute where the value is below 1, else relative (measured, k, r to 1e8).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.logNegativeBinomialDensity(2, 3, 0) // => -1.6739764336
 * ```
 */
export function logNegativeBinomialDensity(k: number, r: number, logit: number): number {
  if (!(r >= 0) || Number.isNaN(k) || Number.isNaN(logit)) return NaN
  if (k < 0 || k === Infinity) return -Infinity
  if (k === 0) return r === 0 ? 0 : 0 - r * softplus(logit)
  if (r === 0) return -Infinity
  return logBinomial(k, r, logit) - (k < r ? Math.log1p(k / r) : Math.log(1 + r / k) + Math.log(k / r))
}
