/**
 * log(eʸ − 1) for y ≥ 0, the inverse of `softplus`: −∞ at 0, NaN for y < 0.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.softplusInverse(0.6931471805599453) // => 0
 * special.softplusInverse(1000) // => 1000
 * ```
 */
export function softplusInverse(y: number): number {
  return y > Math.LN2 ? y + Math.log(-Math.expm1(-y)) : Math.log(Math.expm1(y))
}
