/**
 * log(1 − eˣ) for x ≤ 0 (Mächler 2012, "Accurately computing log(1 − exp(−|a|))"): −∞ at 0, NaN for x > 0.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.log1mexp(-1e-20) // => -46.05170186
 * special.log1mexp(-50) // => -1.92874984796e-22
 * ```
 */
export function log1mexp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x))
}
