import { covarianceOf } from '../exact/triangles.ts'
import type { Integrated } from '../exact/integrated.ts'
import type { ElementPlace } from './elementPlaces.ts'

/** Of a normal distribution: its mean, and L, row-major, where L Lᵀ is its covariance. */
export interface Moments {
  readonly mean: Float64Array
  readonly root: Float64Array
}

/**
 * Means and covariances of an element's continuous latents given each combination of its discrete ones: of mixtures over
 * the rows of the component that have the combination.
 *
 * @param weights the probability of each row.
 */
export function momentsIn(
  { parts }: Integrated,
  weights: Float64Array,
  { numbers, combinationOf }: ElementPlace,
  combinations: number,
): readonly Moments[] {
  const n = numbers.length
  const totals = new Float64Array(combinations)
  const means = Array.from({ length: combinations }, () => new Float64Array(n))
  for (const [row, weight] of weights.entries()) totals[combinationOf[row]!]! += weight
  const shareOf = (row: number): number => {
    const total = totals[combinationOf[row]!]!
    return total === 0 ? 0 : weights[row]! / total
  }
  for (const [row, part] of parts.entries()) {
    const [share, own] = [shareOf(row), means[combinationOf[row]!]!]
    if (share > 0) for (let i = 0; i < n; i++) own[i]! += share * part.mean[numbers[i]!]!
  }
  // Around the mean, for far from 0 the difference of squares would be lost to cancellation.
  const covariances = Array.from({ length: combinations }, () => new Float64Array(n * n))
  for (const [row, part] of parts.entries()) {
    const [share, at] = [shareOf(row), combinationOf[row]!]
    if (share === 0) continue
    const covariance = covarianceOf(part.factor, part.mean.length, numbers)
    const away = numbers.map((number, i) => part.mean[number]! - means[at]![i]!)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        covariances[at]![i * n + j]! += share * (covariance[i * n + j]! + away[i]! * away[j]!)
  }
  return means.map((mean, at) => ({ mean, root: rootOf(covariances[at]!, n) }))
}

/** A Cholesky factor of a covariance, which may be singular: a column without a pivot is 0. */
function rootOf(covariance: Float64Array, n: number): Float64Array {
  const root = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    let pivot = covariance[j * n + j]!
    for (let k = 0; k < j; k++) pivot -= root[j * n + k]! ** 2
    if (pivot <= 1e-14 * covariance[j * n + j]!) continue
    root[j * n + j] = Math.sqrt(pivot)
    for (let i = j + 1; i < n; i++) {
      let sum = covariance[i * n + j]!
      for (let k = 0; k < j; k++) sum -= root[i * n + k]! * root[j * n + k]!
      root[i * n + j] = sum / root[j * n + j]!
    }
  }
  return root
}
