/**
 * log(eᵃ + eᵇ) without overflow. −∞ where both are −∞, +∞ where one is +∞.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.logAddExp(1000, 1000) // => 1000.6931472
 * special.logAddExp(-Infinity, 2) // => 2
 * ```
 */
export function logAddExp(a: number, b: number): number {
  if (a === b) return a + Math.LN2
  const difference = a - b
  return difference > 0 ? a + Math.log1p(Math.exp(-difference)) : b + Math.log1p(Math.exp(difference))
}
