/**
 * x·log(1 + y), and 0 where x = 0 whatever y is (NaN excepted).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.xlog1py(2, 1e-20) // => 2e-20
 * special.xlog1py(0, -1) // => 0
 * ```
 */
export function xlog1py(x: number, y: number): number {
  return x === 0 && !Number.isNaN(y) ? 0 : x * Math.log1p(y)
}
