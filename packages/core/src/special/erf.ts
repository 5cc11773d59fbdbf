import { erfc } from './erfc.ts'
import { horner } from './horner.ts'

/** erf(x)/x as a function of x² for |x| ≤ ½, a rational interpolant at Chebyshev nodes. */
const NUMERATOR: readonly number[] = [
  1.1283791670955126, 0.13273781588831823, 0.04003497179909916, 0.001111947160008201, 6.53146755682646e-5,
]
const DENOMINATOR: readonly number[] = [
  1, 0.4509691597993518, 0.08580312323455648, 0.008299086420556764, 0.00035166476084434685,
]

/**
 * The error function (2/√π)·∫₀ˣ exp(−t²) dt: a rational approximation for |x| ≤ ½ (the partition of Cody 1969,
 * "Rational Chebyshev approximations for the error function"), 1 − erfc(x) beyond.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.erf(0.5) // => 0.5204998778130465
 * ```
 */
export function erf(x: number): number {
  if (x > 0.5) return x > 6 ? 1 : 1 - erfc(x)
  if (x < -0.5) return x < -6 ? -1 : erfc(-x) - 1
  return erfNearZero(x)
}

/** erf(x) for |x| ≤ ½. */
export function erfNearZero(x: number): number {
  const t = x * x
  return (x * horner(NUMERATOR, t)) / horner(DENOMINATOR, t)
}
