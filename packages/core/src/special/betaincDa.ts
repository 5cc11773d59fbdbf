import { betaincJet } from './betaincJet.ts'

/**
 * ∂I/∂a of I = I_x(a, b), `betainc`. The series, the continued fraction and the quadrature of `betainc` are
 * differentiated term by term, so that both tails keep their relative accuracy (Boik & Robison-Cox 1998,
 * "Derivatives of the incomplete beta function"). 0 at x = 0 and x = 1, NaN unless a, b > 0 are finite.
 *
 * Relative error below 2e-12 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.betaincDa(2, 3, 0.4) // => -0.24086937609
 * ```
 */
export function betaincDa(a: number, b: number, x: number): number {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity && x >= 0 && x <= 1)) return NaN
  return x === 0 || x === 1 ? 0 : betaincJet(a, b, x, 1 - x).a
}
