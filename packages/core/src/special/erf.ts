import { erfc } from './erfc.ts'
import { erfNearZero } from './erfNearZero.ts'

/**
 * The error function (2/√π)·∫₀ˣ exp(−t²) dt: a rational approximation for |x| ≤ ½ (the partition of Cody 1969,
 * "Rational Chebyshev approximations for the error function"), 1 − erfc(x) beyond.
 *
 * Relative error below 1e-15 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.erf(0.5) // => 0.52049987781
 * ```
 */
export function erf(x: number): number {
  if (x > 0.5) return x > 6 ? 1 : 1 - erfc(x)
  if (x < -0.5) return x < -6 ? -1 : erfc(-x) - 1
  return erfNearZero(x)
}
