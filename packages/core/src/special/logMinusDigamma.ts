import { digamma, logMinusDigammaSeries } from './digamma.ts'

/**
 * log y − ψ(x) for y ≥ 0, x > 0, without cancellation where x and y are large and close to each other:
 * log(y/x) + 1/(2x) + Σ B₂ₖ/(2k·x²ᵏ) (DLMF 5.11.2) for x ≥ 10. −∞ at y = 0.
 *
 * Error below 1e-15, absolute where the value is below 1, else relative (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.logMinusDigamma(1e8, 1e8) // => 5.00000000833e-9
 * ```
 */
export function logMinusDigamma(y: number, x: number): number {
  if (!(x >= 10 && x < Infinity)) return Math.log(y) - digamma(x)
  const u = (y - x) / x
  if (u > -0.5 && u < 1) return Math.log1p(u) + logMinusDigammaSeries(x)
  const ratio = y / x
  const logRatio = ratio > 0 ? Math.log(ratio) : Math.log(y) - Math.log(x)
  return logRatio + logMinusDigammaSeries(x)
}
