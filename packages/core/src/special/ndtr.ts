import { erfcxPositive } from './erfcx.ts'
import { expMinusSquare } from './expMinusSquare.ts'

/**
 * Φ(x), the distribution function of the standard normal distribution, with full relative accuracy in the left
 * tail: ½·exp(−x²/2)·erfcx(|x|/√2).
 *
 * Relative error below 1e-15 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.ndtr(-1.96) // => 0.024997895148
 * ```
 */
export function ndtr(x: number): number {
  if (x > 0) return x > 9 ? 1 : 1 - ndtr(-x)
  return x < -39 ? 0 : 0.5 * erfcxPositive(-x * Math.SQRT1_2) * expMinusSquare(x, 0.5)
}
