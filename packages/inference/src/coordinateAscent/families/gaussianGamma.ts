import { random, special, split, type Key } from '@variate/core'
import { solveTransposed } from '../../exact/triangles.ts'
import { SPREADS, type FactorFamily } from './factorFamily.ts'
import { gaussianMember, LOG_TWO_PI, quadraticDesign, writeMoments, type GaussianMember } from './gaussian.ts'
import { dot } from './positive.ts'
import { triangleAt, triangleSize } from './triangle.ts'

/** Given the precision s the vector is normal, of mean m and precision s·P; s is of a gamma distribution. */
export interface GaussianGammaMember extends GaussianMember {
  readonly concentration: number
  readonly rate: number
}

/** @returns undefined where there is no such distribution. */
export function gaussianGammaMember(natural: Float64Array, n: number): GaussianGammaMember | undefined {
  const given = gaussianMember(natural, n)
  if (!given) return undefined
  const at = n + triangleSize(n)
  const concentration = natural[at]! - n / 2
  const rate = -natural[at + 1]! - 0.5 * dot(natural.subarray(0, n), given.mean)
  return concentration > 0 && rate > 0 ? { ...given, concentration, rate } : undefined
}

/**
 * A normal vector x of n numbers together with its precision s, of a gamma distribution, or with its variance 1/s, of an inverse
 * gamma distribution (Bernardo and Smith, Bayesian Theory (1994), appendix A): T = (s·x, the lower triangle of s·x·xᵀ, log s, s).
 * The vector comes first among the numbers, then the precision, or the variance.
 *
 * @param n may be 0.
 */
export function gaussianGamma(n: number, isVariance: boolean): FactorFamily {
  const quadratic = n + triangleSize(n)
  const count = quadratic + 2
  const size = n + 1
  /** A variance is the inverse of a precision, and a precision of a variance. */
  const other = (s: number): number => (isVariance ? 1 / s : s)
  const members = (natural: Float64Array): readonly (GaussianGammaMember | undefined)[] =>
    Array.from({ length: natural.length / count }, (_, i) =>
      gaussianGammaMember(natural.subarray(i * count, (i + 1) * count), n),
    )
  const sign = isVariance ? 1 : -1
  return {
    name:
      n === 0 ? (isVariance ? 'inverseGamma' : 'gamma') : isVariance ? 'normalInverseGamma' : 'normalGamma',
    size,
    count,
    base: new Float64Array(count).with(quadratic, sign),
    statistics: (values) => {
      const all = new Float64Array((values.length / size) * count)
      for (let from = 0, at = 0; from < values.length; from += size) {
        const s = other(values[from + n]!)
        at = writeMoments(values.subarray(from, from + n), s, all, at)
        all[at++] = Math.log(s)
        all[at++] = s
      }
      return all
    },
    design: (scale, far = Math.sqrt(1 / other(scale))) => {
      const none = new Float64Array(n)
      return Float64Array.from([
        ...[1, 2, 0.5].flatMap((s) => [...none, s * scale]),
        ...quadraticDesign(n, far).flatMap((x) => [...x, scale]),
      ])
    },
    elsewhere: (scale, key, far = Math.sqrt(1 / other(scale))) => {
      const noise = random.normal(key, [SPREADS.length, size], { dtype: 'float64' }).data
      return noise.map((z, i) => {
        const spread = SPREADS[Math.floor(i / size)]!
        if (i % size < n) return z * spread * far
        return scale * Math.exp(Math.min(spread, 8) * z)
      })
    },
    expectations: (natural) => {
      const all = members(natural)
      const expected = new Float64Array(natural.length)
      const logNormalizer = new Float64Array(all.length).fill(NaN)
      for (const [i, member] of all.entries()) {
        if (!member) continue
        const { mean, precision, concentration, rate } = member
        const at = writeMoments(mean, concentration / rate, expected, i * count)
        for (let a = 0; a < n; a++)
          for (let b = 0; b <= a; b++)
            expected[i * count + n + triangleAt(a, b)]! += precision.inverse[a * n + b]!
        expected[at] = special.digamma(concentration) - Math.log(rate)
        expected[at + 1] = concentration / rate
        logNormalizer[i] =
          0.5 * (n * LOG_TWO_PI - precision.logDeterminant) +
          special.lgamma(concentration) -
          concentration * Math.log(rate)
      }
      return { expected, logNormalizer }
    },
    moments: (natural) => {
      const all = members(natural) as readonly GaussianGammaMember[]
      const mean = new Float64Array(all.length * size)
      const variance = new Float64Array(all.length * size)
      for (const [i, { mean: m, precision, concentration: a, rate }] of all.entries()) {
        mean.set(m, i * size)
        const meanVariance = a > 1 ? rate / (a - 1) : Infinity
        for (let k = 0; k < n; k++) variance[i * size + k] = meanVariance * precision.inverse[k * n + k]!
        mean[i * size + n] = isVariance ? meanVariance : a / rate
        variance[i * size + n] = isVariance ? (a > 2 ? meanVariance ** 2 / (a - 2) : Infinity) : a / rate ** 2
      }
      return { mean, variance }
    },
    draw: (key: Key, natural, times) => {
      const all = members(natural) as readonly GaussianGammaMember[]
      const [ofScale, ofVector] = split(key, 2)
      const concentration = all.flatMap((member) => Array<number>(times).fill(member.concentration))
      const gammas = random.gamma(ofScale, [all.length * times], { concentration, dtype: 'float64' }).data
      const noise = random.normal(ofVector, [all.length * times * n], { dtype: 'float64' }).data
      const draws = new Float64Array(all.length * times * size)
      for (const [i, { mean, precision, rate }] of all.entries()) {
        for (let draw = i * times; draw < (i + 1) * times; draw++) {
          const s = gammas[draw]! / rate
          const away = solveTransposed(precision.factor, noise.subarray(draw * n, (draw + 1) * n))
          for (let k = 0; k < n; k++) draws[draw * size + k] = mean[k]! + away[k]! / Math.sqrt(s)
          draws[draw * size + n] = other(s)
        }
      }
      return draws
    },
  }
}
