import { HALF_LOG_TWO_PI } from './constants.ts'
import { deviance } from './deviance.ts'
import { lbeta } from './lbeta.ts'
import { stirlingCorrection } from './stirlingCorrection.ts'

/**
 * (a − 1)·log x + (b − 1)·log y − lbeta(a, b), the log density of the beta distribution at x, where the caller
 * gives y = 1 − x as exactly as it is known (nats). The ends x = 0 and y = 0 are right and left limits; −∞
 * outside [0, 1], NaN unless a, b > 0.
 *
 * Where a and b are ≥ 10 the terms would cancel: what is left of them is Stirling's series and
 * a·(u − log(1 + u)) + b·(v − log(1 + v)), u = (b·x − a·y)/a, v = (a·y − b·x)/b (Loader 2000).
 *
 * Error below 1e-12, absolute where the value is below 1, else relative (measured, a, b from 1e-10 to 1e8).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.logBetaDensity(0.25, 0.75, 2, 3) // => 0.52324814376
 * special.logBetaDensity(0.5, 0.5, 1e8, 1e8) // => 9.3311226084
 * ```
 */
export function logBetaDensity(x: number, y: number, a: number, b: number): number {
  if (!(a > 0 && b > 0) || Number.isNaN(x) || Number.isNaN(y)) return NaN
  if (x <= 0 || y <= 0) {
    if (x < 0 || y < 0) return -Infinity
    const exponent = x === 0 ? a - 1 : b - 1
    return exponent === 0 ? -lbeta(a, b) : exponent < 0 ? Infinity : -Infinity
  }
  const small = x < y ? x : y
  const logComplement = Math.log1p(-small)
  const logX = x < y ? Math.log(x) : logComplement
  const logY = x < y ? logComplement : Math.log(y)
  if (a < 10 || b < 10) return (a - 1) * logX + (b - 1) * logY - lbeta(a, b)
  return saddlepoint(x, y, a, b) - logX - logY
}

/** log(xᵃ·yᵇ/B(a, b)), y = 1 − x, for x, y, a, b > 0. */
export function betaPrefactor(x: number, y: number, a: number, b: number): number {
  if (a >= 10 && b >= 10) return saddlepoint(x, y, a, b)
  const logX = x < y ? Math.log(x) : Math.log1p(-y)
  const logY = x < y ? Math.log1p(-x) : Math.log(y)
  return a * logX + b * logY - lbeta(a, b)
}

function saddlepoint(x: number, y: number, a: number, b: number): number {
  const sum = a + b
  const shift = b * x - a * y
  const correction = stirlingCorrection(sum) - stirlingCorrection(a) - stirlingCorrection(b)
  const scale = 0.5 * (Math.log(a / sum) + Math.log(b)) - HALF_LOG_TWO_PI
  return scale + correction - relativeDeviance(a, shift, x * sum) - relativeDeviance(b, -shift, y * sum)
}

/** a·(u − log(1 + u)), u = shift/a, where a + shift = point: > 0, and 0 at shift = 0. */
export function relativeDeviance(a: number, shift: number, point: number): number {
  const u = shift / a
  return u < -0.9 ? shift - a * Math.log(point / a) : a * deviance(u)
}
