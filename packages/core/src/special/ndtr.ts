import { erfNearZero } from './erfNearZero.ts'
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
  const z = x * Math.SQRT1_2
  if (z < -0.5) return x < -39 ? 0 : 0.5 * erfcxPositive(-z) * expMinusSquare(x, 0.5)
  if (z > 0.5) return x > 9 ? 1 : 1 - 0.5 * erfcxPositive(z) * expMinusSquare(x, 0.5)
  return 0.5 + 0.5 * erfNearZero(z)
}
