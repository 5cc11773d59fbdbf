import { besselSeries } from './besselSeries.ts'
import { exp } from './exp.ts'
import { horner } from './horner.ts'

/** I₁(x)/(x/2) as a polynomial in x²/4, |x| ≤ 8. */
const SMALL = /* @__PURE__ */ besselSeries(1)
/** √x·exp(−x)·I₁(x) as a polynomial in 1/x − 1/16, x ≥ 8. */
const LARGE: readonly number[] = [
  0.38939845902587233, -0.1559932350917577, -0.05612435554078, -0.06159788959703, -0.1202526842385,
  -0.365307284685, -1.677859588, -11.581198143, -100.59381356, -573.689871, 7698.54764, 242100.8564,
  1423151.016, -31729649.77, -423145725.0, 2968740690.0, 62062560100.0, -193714105000.0, -5411820150000.0,
  6464700000000.0, 217256800000000.0,
]

/**
 * exp(−|x|)·I₁(x), the modified Bessel function of order 1, scaled (DLMF 10.25.2, 10.40.1; polynomials that
 * interpolate at Chebyshev nodes). Odd in x.
 *
 * Relative error below 1e-15 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.i1e(1) // => 0.20791041535
 * ```
 */
export function i1e(x: number): number {
  const size = Math.abs(x)
  if (size <= 8) return 0.5 * x * exp(-size) * horner(SMALL, 0.25 * size * size)
  const value = horner(LARGE, 1 / size - 0.0625) / Math.sqrt(size)
  return x < 0 ? -value : value
}
