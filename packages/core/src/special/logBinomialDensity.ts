import { HALF_LOG_TWO_PI } from './constants.ts'
import { lbeta } from './lbeta.ts'
import { relativeDeviance } from './logBetaDensity.ts'
import { softplus } from './softplus.ts'
import { stirlingCorrection } from './stirlingCorrection.ts'

/**
 * log C(n, k) + k·logit − n·softplus(logit), the log probability of k successes in n trials whose log odds are
 * `logit` (nats), for real 0 ≤ k ≤ n; −∞ for k outside. Limits are exact at logit = ±∞, k = 0 and k = n.
 *
 * Where k and n − k are ≥ 10: Loader 2000, "Fast and accurate computation of binomial probabilities".
 *
 * Error below 1e-12, absolute where the value is below 1, else relative (measured, n to 1e8).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.logBinomialDensity(1, 3, 0) // => -0.98082925301
 * special.logBinomialDensity(5e7, 1e8, 0) // => -9.4361317271
 * ```
 */
export function logBinomialDensity(k: number, n: number, logit: number): number {
  if (!(n >= 0) || Number.isNaN(k) || Number.isNaN(logit)) return NaN
  if (k < 0 || k > n || n === Infinity) return -Infinity
  return logBinomial(k, n - k, logit)
}

/** The log probability of k successes and m failures, k, m ≥ 0, among k + m trials. */
export function logBinomial(k: number, m: number, logit: number): number {
  if (k === 0) return m === 0 ? 0 : 0 - m * softplus(logit)
  if (m === 0) return 0 - k * softplus(-logit)
  if (logit === Infinity || logit === -Infinity) return -Infinity
  const n = k + m
  const rest = Math.exp(-Math.abs(logit))
  if (k < 10 || m < 10) {
    const power = logit > 0 ? m * -logit - n * Math.log1p(rest) : k * logit - n * Math.log1p(rest)
    return power - Math.log1p(n) - lbeta(k + 1, m + 1)
  }
  const larger = 1 / (1 + rest)
  const p = logit > 0 ? larger : rest * larger
  const q = logit > 0 ? rest * larger : larger
  const shift = m * p - k * q
  const correction = stirlingCorrection(n) - stirlingCorrection(k) - stirlingCorrection(m)
  const scale = 0.5 * (Math.log(n / k) - Math.log(m)) - HALF_LOG_TWO_PI
  return (
    scale + correction - binomialDeviance(k, shift, p, n, logit) - binomialDeviance(m, -shift, q, n, -logit)
  )
}

/** k·log(k/(n·p)) − (k − n·p), in logs where p underflows. */
function binomialDeviance(k: number, shift: number, p: number, n: number, logit: number): number {
  if (p < 1e-290) return shift - k * (logit + Math.log(n / k))
  return relativeDeviance(k, shift, n * p)
}
