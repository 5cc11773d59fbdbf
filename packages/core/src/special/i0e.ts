import { besselSeries } from './besselSeries.ts'
import { exp } from './exp.ts'
import { horner } from './horner.ts'

/** I₀(x) as a polynomial in x²/4, |x| ≤ 8. */
const SMALL = /* @__PURE__ */ besselSeries(0)
/** √x·exp(−x)·I₀(x) as a polynomial in 1/x − 1/16, x ≥ 8. */
const LARGE: readonly number[] = [
  0.4021765094450081, 0.0537688317386706, 0.034871315043665, 0.04564186669265, 0.097245447318, 0.31180282194,
  1.4884363686, 10.56056071, 92.74519212, 513.241155, -7701.59543, -230701.2107, -1272867.85, 31099408.3,
  395796317.0, -2977310710.0, -58786271600.0, 197818331000.0, 5154914670000.0, -6688799000000.0,
  -207528340000000.0,
]

/**
 * exp(−|x|)·I₀(x), the modified Bessel function of order 0, scaled (DLMF 10.25.2, 10.40.1; polynomials that
 * interpolate at Chebyshev nodes).
 *
 * Relative error below 1e-15 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.i0e(1) // => 0.46575960759
 * ```
 */
export function i0e(x: number): number {
  const size = Math.abs(x)
  if (size <= 8) return exp(-size) * horner(SMALL, 0.25 * size * size)
  return horner(LARGE, 1 / size - 0.0625) / Math.sqrt(size)
}
