import { LOG_PI } from './constants.ts'
import { lgamma } from './lgamma.ts'

/**
 * log Γₚ(x) = p(p − 1)/4·log π + Σⱼ₌₁ᵖ lgamma(x + (1 − j)/2), for p = 1, 2, … and x > (p − 1)/2 (DLMF 35.3.4):
 * +∞ at that end, NaN below it.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.multivariateLgamma(3, 2) // => 1.550194994
 * ```
 */
export function multivariateLgamma(x: number, p: number): number {
  if (!(x >= 0.5 * (p - 1))) return NaN
  let sum = 0.25 * p * (p - 1) * LOG_PI
  for (let j = 0; j < p; j++) sum += lgamma(x - 0.5 * j)
  return sum
}
