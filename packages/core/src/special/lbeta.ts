import { HALF_LOG_TWO_PI } from './constants.ts'
import { lgamma } from './lgamma.ts'
import { stirlingCorrection } from './stirlingCorrection.ts'

/**
 * log |B(a, b)| = lgamma(a) + lgamma(b) − lgamma(a + b). Where one or both are ≥ 10 their Stirling series are
 * combined before anything is subtracted (DiDonato & Morris 1992, "Algorithm 708", §BETALN).
 *
 * Error below 1e-15, absolute where |lbeta| < 1, else relative (measured, arguments from 1e-30 to 1e30).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.lbeta(2, 3) // => -2.4849066498
 * special.lbeta(1e-3, 1e8) // => 6.8887582046
 * ```
 */
export function lbeta(a: number, b: number): number {
  const small = a < b ? a : b
  const large = a < b ? b : a
  if (!(large >= 10) || !(small > 0)) {
    if (Number.isNaN(a) || Number.isNaN(b)) return NaN
    if (small === 0) return Infinity
    return lgamma(small) + lgamma(large) - lgamma(small + large)
  }
  if (large === Infinity) return -Infinity
  const sum = small + large
  const shift = Math.log1p(-small / sum)
  if (small < 10) {
    const correction = stirlingCorrection(large) - stirlingCorrection(sum)
    return lgamma(small) + small * (1 - Math.log(sum)) + (large - 0.5) * shift + correction
  }
  const correction = stirlingCorrection(small) + stirlingCorrection(large) - stirlingCorrection(sum)
  return (
    HALF_LOG_TWO_PI -
    0.5 * Math.log(large) +
    correction +
    (small - 0.5) * -Math.log1p(large / small) +
    large * shift
  )
}
