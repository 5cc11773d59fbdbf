import { random, type Key } from '@variate/core'
import { solveTransposed } from '../../exact/triangles.ts'
import { SPREADS, type FactorFamily } from './factorFamily.ts'
import { dot, positiveOf, scaled, solve, type Positive } from './positive.ts'
import { symmetricOf, triangleAt, triangleSize } from './triangle.ts'

export const LOG_TWO_PI = 1.8378770664093453

/** A normal distribution by its natural parameters: of precision P, and mean m. */
export interface GaussianMember {
  readonly precision: Positive
  readonly mean: Float64Array
}

/** @returns undefined where the precision is not positive definite. */
export function gaussianMember(natural: Float64Array, n: number): GaussianMember | undefined {
  const precision = positiveOf(scaled(symmetricOf(natural, n, n), -2), n)
  return precision && { precision, mean: solve(precision, natural.subarray(0, n)) }
}

/** x and the lower triangle of x·xᵀ, times a factor, from a place on. */
export function writeMoments(x: ArrayLike<number>, by: number, to: Float64Array, at: number): number {
  const n = x.length
  for (let i = 0; i < n; i++) to[at++] = by * x[i]!
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) to[at++] = by * x[i]! * x[j]!
  return at
}

/** Vectors that with 0 tell quadratic functions apart: ±e_i, and e_i + e_j. */
export function quadraticDesign(n: number, scale: number): readonly Float64Array[] {
  const unit = (i: number, by: number): Float64Array => new Float64Array(n).fill(by, i, i + 1)
  const axes = Array.from({ length: n }, (_, i) => i)
  return [
    ...axes.flatMap((i) => [unit(i, scale), unit(i, -scale)]),
    ...axes.flatMap((i) => axes.slice(0, i).map((j) => unit(i, scale).with(j, scale))),
  ]
}

/** Normal vectors of so many numbers: T = (x, the lower triangle of x·xᵀ). */
export function gaussian(n: number): FactorFamily {
  const count = n + triangleSize(n)
  const members = (natural: Float64Array): readonly (GaussianMember | undefined)[] =>
    Array.from({ length: natural.length / count }, (_, i) =>
      gaussianMember(natural.subarray(i * count, (i + 1) * count), n),
    )
  return {
    name: n === 1 ? 'normal' : 'multivariateNormal',
    size: n,
    count,
    base: new Float64Array(count),
    statistics: (values) => {
      const all = new Float64Array((values.length / n) * count)
      for (let from = 0, at = 0; from < values.length; from += n)
        at = writeMoments(values.subarray(from, from + n), 1, all, at)
      return all
    },
    design: (scale) =>
      Float64Array.from([new Float64Array(n), ...quadraticDesign(n, scale)].flatMap((x) => [...x])),
    elsewhere: (scale, key) => {
      const noise = random.normal(key, [SPREADS.length, n], { dtype: 'float64' }).data
      return noise.map((x, i) => x * scale * SPREADS[Math.floor(i / n)]!)
    },
    expectations: (natural) => {
      const all = members(natural)
      const expected = new Float64Array(natural.length)
      const logNormalizer = new Float64Array(all.length).fill(NaN)
      for (const [i, member] of all.entries()) {
        if (!member) continue
        const { mean, precision } = member
        writeMoments(mean, 1, expected, i * count)
        for (let a = 0; a < n; a++)
          for (let b = 0; b <= a; b++)
            expected[i * count + n + triangleAt(a, b)]! += precision.inverse[a * n + b]!
        const linear = natural.subarray(i * count, i * count + n)
        logNormalizer[i] = 0.5 * (dot(linear, mean) - precision.logDeterminant + n * LOG_TWO_PI)
      }
      return { expected, logNormalizer }
    },
    moments: (natural) => {
      const all = members(natural)
      return {
        mean: Float64Array.from(all.flatMap((member) => [...member!.mean])),
        variance: Float64Array.from(
          all.flatMap((member) => Array.from({ length: n }, (_, i) => member!.precision.inverse[i * n + i]!)),
        ),
      }
    },
    draw: (key: Key, natural, times) => {
      const all = members(natural) as readonly GaussianMember[]
      const draws = random.normal(key, [all.length * times * n], { dtype: 'float64' }).data
      for (const [i, { precision, mean }] of all.entries()) {
        for (let at = i * times * n; at < (i + 1) * times * n; at += n) {
          const away = solveTransposed(precision.factor, draws.subarray(at, at + n))
          for (let k = 0; k < n; k++) draws[at + k] = mean[k]! + away[k]!
        }
      }
      return draws
    },
  }
}
