/**
 * x·log y, and 0 where x = 0 whatever y is (NaN excepted).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.xlogy(2, 3) // => 2.1972245773
 * special.xlogy(0, 0) // => 0
 * ```
 */
export function xlogy(x: number, y: number): number {
  return x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y)
}
