import { exp } from './exp.ts'
import { horner } from './horner.ts'

/** I₀(x) as a polynomial in x²/4, |x| ≤ 8. */
const SMALL: readonly number[] = [
  1, 1, 0.2500000000000001, 0.027777777777777565, 0.0017361111111113758, 6.944444444424399e-5,
  1.9290123457790406e-6, 3.936759885673581e-8, 6.151187413177668e-10, 7.594056846699174e-12,
  7.594079950279469e-14, 6.275862820937522e-16, 4.3600362269175774e-18, 2.5698743857514957e-20,
  1.35095827969477e-22, 4.940670282542572e-25, 3.6454386812677436e-27,
]
/** √x·exp(−x)·I₀(x) as a polynomial in 1/x − 1/16, x ≥ 8. */
const LARGE: readonly number[] = [
  0.4021765094450081, 0.05376883173867056, 0.034871315043664974, 0.045641866692649496, 0.09724544731803268,
  0.31180282193785536, 1.4884363686371687, 10.56056070943098, 92.74519211782359, 513.2411552530615,
  -7701.595429505445, -230701.21066371253, -1272867.8506511261, 31099408.307465043, 395796317.1935641,
  -2977310707.979119, -58786271622.305176, 197818331380.19913, 5154914665053.577, -6688799126914.684,
  -207528337673448.1,
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
