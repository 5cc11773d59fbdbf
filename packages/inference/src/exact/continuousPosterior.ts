import { NdArray, random, type Key } from '@variate/core'
import type { Integrated } from './integrated.ts'
import { solveTransposed, type GaussianPart } from './integrateGaussian.ts'
import { offsetsOf, totalOf } from './quadratic.ts'
import type { ContinuousSite } from './variables.ts'

type Sites = ReadonlyMap<string, ContinuousSite>

export interface Moments {
  readonly mean: Readonly<Record<string, NdArray<Float64Array>>>
  readonly variance: Readonly<Record<string, NdArray<Float64Array>>>
}

/**
 * Means and variances of continuous latents: of mixtures of normal distributions, one for each combination of the discrete.
 *
 * @param weights the probabilities of each component's combinations.
 */
export function momentsOf(
  sites: Sites,
  integrals: readonly Integrated[],
  weights: readonly Float64Array[],
): Moments {
  const size = totalOf(sites)
  const [first, second] = [new Float64Array(size), new Float64Array(size)]
  for (const [i, { places, parts }] of integrals.entries()) {
    for (const [row, { mean, factor }] of parts.entries()) {
      const weight = weights[i]![row]!
      if (weight === 0) continue
      const variances = inverseDiagonal(factor, places.length)
      for (const [at, place] of places.entries()) {
        first[place]! += weight * mean[at]!
        second[place]! += weight * (variances[at]! + mean[at]! ** 2)
      }
    }
  }
  return {
    mean: byName(sites, first, []),
    variance: byName(
      sites,
      second.map((x, i) => Math.max(0, x - first[i]! ** 2)),
      [],
    ),
  }
}

/**
 * Draws given the discrete variables, along a first axis.
 *
 * @param rowsOf the number of each component's combination in each draw.
 */
export function drawContinuous(
  sites: Sites,
  integrals: readonly Integrated[],
  rowsOf: readonly Int32Array[],
  key: Key,
): Readonly<Record<string, NdArray<Float64Array>>> {
  const size = totalOf(sites)
  const count = rowsOf[0]?.length ?? 0
  const noise = random.normal(key, [count, size], { dtype: 'float64' }).data
  const draws = new Float64Array(count * size)
  for (let draw = 0; draw < count; draw++) {
    for (const [i, { places, parts }] of integrals.entries()) {
      const { mean, factor } = parts[rowsOf[i]![draw]!]!
      const own = solveTransposed(
        factor,
        places.map((place) => noise[draw * size + place]!),
      )
      for (const [at, place] of places.entries()) draws[draw * size + place] = mean[at]! + own[at]!
    }
  }
  return byName(sites, draws, [count])
}

/** The covariance of some numbers of a part: rows and columns of (L Lᵀ)⁻¹. */
export function covarianceOf({ factor, mean }: GaussianPart, numbers: readonly number[]): Float64Array {
  const size = mean.length
  const columns = numbers.map((number) => {
    // L y = e, Lᵀ x = y.
    const y = new Float64Array(size)
    for (let i = number; i < size; i++) {
      let sum = i === number ? 1 : 0
      for (let k = number; k < i; k++) sum -= factor[i * size + k]! * y[k]!
      y[i] = sum / factor[i * size + i]!
    }
    return solveTransposed(factor, y)
  })
  return Float64Array.from(columns.flatMap((column) => numbers.map((number) => column[number]!)))
}

/** The diagonal of (L Lᵀ)⁻¹: sums of squares in the columns of L⁻¹. */
function inverseDiagonal(factor: Float64Array, n: number): Float64Array {
  const diagonal = new Float64Array(n)
  const column = new Float64Array(n)
  for (let j = 0; j < n; j++) {
    column.fill(0)
    for (let i = j; i < n; i++) {
      let sum = i === j ? 1 : 0
      for (let k = j; k < i; k++) sum -= factor[i * n + k]! * column[k]!
      column[i] = sum / factor[i * n + i]!
    }
    diagonal[j] = column.reduce((sum, x) => sum + x * x, 0)
  }
  return diagonal
}

/** Vectors of all latents as arrays for each. */
function byName(
  sites: Sites,
  data: Float64Array,
  leading: readonly number[],
): Readonly<Record<string, NdArray<Float64Array>>> {
  const offsets = offsetsOf(sites)
  const total = totalOf(sites)
  const rows = data.length / Math.max(1, total)
  return Object.fromEntries(
    [...sites].map(([name, { lengths, event }]) => {
      const { from, size } = offsets.get(name)!
      const own = new Float64Array(rows * size)
      for (let row = 0; row < rows; row++) {
        own.set(data.subarray(row * total + from, row * total + from + size), row * size)
      }
      return [name, new NdArray(own, [...leading, ...lengths, ...event])]
    }),
  )
}
