/**
 * log(1 + eˣ), without overflow for large x and with full relative accuracy for x → −∞.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.softplus(0) // => 0.69314718056
 * special.softplus(1000) // => 1000
 * ```
 */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
}
