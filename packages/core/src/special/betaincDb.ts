import { betaincJet } from './betaincJet.ts'

/**
 * ∂I/∂b of I = I_x(a, b), `betainc`. By the methods of `betaincDa`.
 * 0 at x = 0 and x = 1, NaN unless a, b > 0 are finite.
 *
 * Relative error below 2e-12 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.betaincDb(2, 3, 0.4) // => 0.15634433641
 * ```
 */
export function betaincDb(a: number, b: number, x: number): number {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity && x >= 0 && x <= 1)) return NaN
  return x === 0 || x === 1 ? 0 : betaincJet(a, b, x, 1 - x).b
}
