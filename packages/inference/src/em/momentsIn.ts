import { covarianceOf } from '../exact/integrateGaussian.ts'
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
  const first = Array.from({ length: combinations }, () => new Float64Array(n))
  const second = Array.from({ length: combinations }, () => new Float64Array(n * n))
  for (const [row, part] of parts.entries()) {
    const [weight, at] = [weights[row]!, combinationOf[row]!]
    if (weight === 0) continue
    const covariance = covarianceOf(part, numbers)
    totals[at]! += weight
    for (let i = 0; i < n; i++) {
      const mean = part.mean[numbers[i]!]!
      first[at]![i]! += weight * mean
      for (let j = 0; j < n; j++)
        second[at]![i * n + j]! += weight * (covariance[i * n + j]! + mean * part.mean[numbers[j]!]!)
    }
  }
  return first.map((sum, at) => {
    const total = totals[at]!
    const mean = total === 0 ? sum : sum.map((x) => x / total)
    const covariance = second[at]!.map((x, place) => {
      const [i, j] = [Math.floor(place / n), place % n]
      return total === 0 ? 0 : x / total - mean[i]! * mean[j]!
    })
    return { mean, root: rootOf(covariance, n) }
  })
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
