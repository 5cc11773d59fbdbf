import { erfcxPositive } from './erfcx.ts'
import { ndtr } from './ndtr.ts'

/**
 * log Φ(x), exact in both tails: −x²/2 + log(½·erfcx(−x/√2)) on the left, log1p(−Φ(−x)) on the right.
 *
 * Relative error below 1e-15 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.logNdtr(-100) // => -5005.5242087
 * special.logNdtr(10) // => -7.61985302416e-24
 * ```
 */
export function logNdtr(x: number): number {
  if (x > 0) return Math.log1p(-ndtr(-x))
  return -0.5 * x * x + Math.log(0.5 * erfcxPositive(-x * Math.SQRT1_2))
}
