import { CENTRE, centre, tail } from './ndtri.ts'

/**
 * The inverse of `erf`: Φ⁻¹((1 + y)/2)/√2, without loss near 0. ∓∞ at ∓1, NaN outside [−1, 1].
 *
 * Relative error below 1e-14 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.erfinv(0.5) // => 0.4769362762
 * ```
 */
export function erfinv(y: number): number {
  if (Math.abs(y) <= 2 * CENTRE) return centre(0.5 * y) * Math.SQRT1_2
  const z = tail(0.5 * (1 - Math.abs(y))) * Math.SQRT1_2
  return y < 0 ? -z : z
}
