/**
 * log Σ exp(xᵢ) in float64, without overflow: the largest value is taken out first. −∞ for no values or
 * for nothing but −∞, +∞ where one is +∞, NaN where one is NaN.
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.logSumExp([1000, 1000]) // => 1000.6931471805599
 * special.logSumExp([]) // => -Infinity
 * ```
 */
export function logSumExp(values: ArrayLike<number>): number {
  let max = -Infinity
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) return NaN
    if (values[i]! > max) max = values[i]!
  }
  if (!Number.isFinite(max)) return max
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += Math.exp(values[i]! - max)
  return max + Math.log(sum)
}
