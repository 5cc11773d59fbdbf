import { key, random } from '@variate/core'
import type { GaussianPart } from './integrateGaussian.ts'
import { solveTransposed } from './triangles.ts'

/** A way from the mean of a normal distribution, as what is to be added to it. */
export type Way = (part: GaussianPart, row: number) => Float64Array

/** How far it is gone at random, in standard deviations: to one side and the other, twice. */
const SCALES = [1, -1, 5, -5]

/** How far it is gone along sums of all numbers, and along single ones: beyond the last is a mass of 2·10⁻⁹. */
const [NEAR, FAR] = [
  [1, -1, 3, -3],
  [6, -6],
] as const

/** How many ways along numbers there are at most: where there are more numbers, sums of some are gone along. */
const AXES = 8

/**
 * Ways from the mean to where it shows whether a density is normal: along each number, however much it varies, so that what ends
 * on one side is found, and at random.
 *
 * @param size the most numbers of a distribution.
 * @param rows how many distributions.
 */
export function waysFromMean(size: number, rows: number): readonly Way[] {
  const axes = Array.from({ length: Math.min(size, AXES) }, (_, axis) => axis)
  return [
    ...NEAR.map(
      (distance): Way =>
        (part) =>
          along(part, 0, 1, distance),
    ),
    ...axes.flatMap((axis) =>
      FAR.map(
        (distance): Way =>
          (part) =>
            along(part, axis, AXES, distance),
      ),
    ),
    ...SCALES.map((scale, i): Way => {
      const noise = random.normal(key(i >> 1), [rows * size], { dtype: 'float64' }).data
      return ({ factor, mean }, row) => {
        const own = noise.subarray(row * size, row * size + mean.length)
        return solveTransposed(
          factor,
          own.map((x) => scale * x),
        )
      }
    }),
  ]
}

/**
 * As far as makes a sum of every so-many-th number, with alternating signs, differ from its mean by some standard deviations of
 * its own: in the direction in which the density falls least.
 */
function along({ factor, mean }: GaussianPart, axis: number, every: number, distance: number): Float64Array {
  const n = mean.length
  const from = axis % Math.min(n, every)
  // L y = e, Lᵀ x = y: the variance of eᵀz is yᵀy, its covariance with z is x.
  const y = new Float64Array(n)
  for (let i = from, sign = 1; i < n; i += every, sign = -sign) y[i] = sign
  let variance = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) y[i]! -= factor[i * n + j]! * y[j]!
    y[i]! /= factor[i * n + i]!
    variance += y[i]! ** 2
  }
  return solveTransposed(factor, y).map((x) => (x * distance) / Math.sqrt(variance))
}
