import { foldIn, random, special, split, type Key } from '@variate/core'
import { solveTransposed } from '../../exact/triangles.ts'
import { SPREADS, type FactorFamily } from './factorFamily.ts'
import { LOG_TWO_PI } from './gaussian.ts'
import { positiveOf, scaled, type Positive } from './positive.ts'
import { symmetricOf, triangleSize } from './triangle.ts'

/**
 * A precision Λ of a Wishart distribution, and a vector that is normal given it, of mean m and precision β·Λ.
 */
export interface GaussianWishartMember {
  readonly df: number
  /** V⁻¹, the inverse of the Wishart distribution's scale matrix. */
  readonly inverseScale: Positive
  readonly mean: Float64Array
  /** β; 0 without a vector. */
  readonly strength: number
}

/** @returns undefined where there is no such distribution. */
export function gaussianWishartMember(
  natural: Float64Array,
  p: number,
  hasVector: boolean,
): GaussianWishartMember | undefined {
  const own = hasVector ? p + 1 : 0
  const strength = hasVector ? -2 * natural[p]! : 0
  if (hasVector && !(strength > 0)) return undefined
  const mean = Float64Array.from({ length: hasVector ? p : 0 }, (_, i) => natural[i]! / strength)
  const inverse = scaled(symmetricOf(natural, own, p), -2)
  for (let i = 0; i < mean.length; i++)
    for (let j = 0; j < p; j++) inverse[i * p + j]! -= strength * mean[i]! * mean[j]!
  const inverseScale = positiveOf(inverse, p)
  const df = 2 * natural[own + triangleSize(p)]! + p + (hasVector ? 0 : 1)
  return inverseScale && df > p - 1 ? { df, inverseScale, mean, strength } : undefined
}

/**
 * A Wishart precision Λ [p, p], or a covariance Λ⁻¹ of an inverse Wishart distribution, together with a normal vector x [p] of
 * precision β·Λ, if there is one (Bishop, Pattern Recognition and Machine Learning (2006), appendix B):
 * T = (Λ·x, xᵀ·Λ·x, the lower triangle of Λ, log |Λ|). The vector comes first among the numbers.
 */
export function gaussianWishart(p: number, hasVector: boolean, isCovariance: boolean): FactorFamily {
  const own = hasVector ? p + 1 : 0
  const n = hasVector ? p : 0
  const size = n + p * p
  const count = own + triangleSize(p) + 1
  const members = (natural: Float64Array): readonly (GaussianWishartMember | undefined)[] =>
    Array.from({ length: natural.length / count }, (_, i) =>
      gaussianWishartMember(natural.subarray(i * count, (i + 1) * count), p, hasVector),
    )
  /** Λ, and log |Λ|, of a precision, or of its inverse. */
  const precisionOf = (matrix: Float64Array): Pick<Positive, 'inverse' | 'logDeterminant'> => {
    const { inverse, logDeterminant } = positiveOf(matrix, p)!
    return isCovariance ? { inverse, logDeterminant: -logDeterminant } : { inverse: matrix, logDeterminant }
  }
  const middle = (by: number): Float64Array =>
    Float64Array.from({ length: p * p }, (_, i) => (i % (p + 1) === 0 ? by : 0))
  return {
    name: `${hasVector ? 'normal' : ''}${isCovariance ? (hasVector ? 'InverseWishart' : 'inverseWishart') : hasVector ? 'Wishart' : 'wishart'}`,
    size,
    count,
    base: new Float64Array(count).with(count - 1, isCovariance ? p + 1 : 0),
    statistics: (values) => {
      const all = new Float64Array((values.length / size) * count)
      for (let from = 0, at = 0; from < values.length; from += size) {
        const x = values.subarray(from, from + n)
        const { inverse: precision, logDeterminant } = precisionOf(values.slice(from + n, from + size))
        if (hasVector) {
          let form = 0
          for (let i = 0; i < p; i++) {
            let sum = 0
            for (let j = 0; j < p; j++) sum += precision[i * p + j]! * x[j]!
            all[at++] = sum
            form += x[i]! * sum
          }
          all[at++] = form
        }
        for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) all[at++] = precision[i * p + j]!
        all[at++] = logDeterminant
      }
      return all
    },
    design: (scale, far = Math.sqrt(isCovariance ? scale : 1 / scale)) => {
      const none = new Float64Array(n)
      const matrices = [middle(scale), middle(4 * scale)]
      for (let i = 0; i < p; i++) {
        matrices.push(middle(scale).with(i * (p + 1), 2 * scale))
        for (let j = 0; j < i; j++)
          matrices.push(
            middle(scale)
              .with(i * p + j, 0.5 * scale)
              .with(j * p + i, 0.5 * scale),
          )
      }
      const vectors = hasVector
        ? [none.with(0, -far), ...Array.from({ length: p }, (_, i) => none.with(i, far))]
        : []
      return Float64Array.from([
        ...matrices.flatMap((matrix) => [...none, ...matrix]),
        ...vectors.flatMap((x) => [...x, ...middle(scale)]),
      ])
    },
    elsewhere: (scale, key, far = Math.sqrt(isCovariance ? scale : 1 / scale)) =>
      Float64Array.from(
        SPREADS.flatMap((spread, seed) => {
          const noise = random.normal(foldIn(key, seed), [n + p * p + 1], { dtype: 'float64' }).data
          const by = scale * Math.exp(Math.min(spread, 8) * noise[n + p * p]!)
          const matrix = middle(by)
          for (let i = 0; i < p; i++)
            for (let j = 0; j < p; j++)
              for (let k = 0; k < p; k++)
                matrix[i * p + j]! += (by * noise[n + i * p + k]! * noise[n + j * p + k]!) / p
          return [...Array.from(noise.subarray(0, n), (z) => z * spread * far), ...matrix]
        }),
      ),
    expectations: (natural) => {
      const all = members(natural)
      const expected = new Float64Array(natural.length)
      const logNormalizer = new Float64Array(all.length).fill(NaN)
      for (const [i, member] of all.entries()) {
        if (!member) continue
        const { df, inverseScale, mean, strength } = member
        const { inverse: scale, logDeterminant } = inverseScale
        let at = i * count
        if (hasVector) {
          let form = 0
          for (let a = 0; a < p; a++) {
            let sum = 0
            for (let b = 0; b < p; b++) sum += scale[a * p + b]! * mean[b]!
            expected[at++] = df * sum
            form += mean[a]! * sum
          }
          expected[at++] = df * form + p / strength
        }
        for (let a = 0; a < p; a++) for (let b = 0; b <= a; b++) expected[at++] = df * scale[a * p + b]!
        let logs = p * Math.LN2 - logDeterminant
        for (let j = 0; j < p; j++) logs += special.digamma((df - j) / 2)
        expected[at] = logs
        logNormalizer[i] =
          special.multivariateLgamma(df / 2, p) +
          (df / 2) * (p * Math.LN2 - logDeterminant) +
          (hasVector ? (p / 2) * (LOG_TWO_PI - Math.log(strength)) : 0)
      }
      return { expected, logNormalizer }
    },
    moments: (natural) => {
      const all = members(natural) as readonly GaussianWishartMember[]
      const mean = new Float64Array(all.length * size)
      const variance = new Float64Array(all.length * size)
      for (const [i, { df, inverseScale, mean: m, strength }] of all.entries()) {
        const { inverse: V } = inverseScale
        const Psi = matrixOf(inverseScale, p)
        mean.set(m, i * size)
        const meanCovariance = (k: number): number => (df > p + 1 ? Psi[k]! / (df - p - 1) : Infinity)
        for (let k = 0; k < n; k++) variance[i * size + k] = meanCovariance(k * (p + 1)) / strength
        for (let a = 0; a < p; a++) {
          for (let b = 0; b < p; b++) {
            const k = a * p + b
            mean[i * size + n + k] = isCovariance ? meanCovariance(k) : df * V[k]!
            variance[i * size + n + k] = isCovariance
              ? inverseVariance(Psi, df, p, a, b)
              : df * (V[k]! ** 2 + V[a * (p + 1)]! * V[b * (p + 1)]!)
          }
        }
      }
      return { mean, variance }
    },
    draw: (key: Key, natural, times) => {
      const all = members(natural) as readonly GaussianWishartMember[]
      const total = all.length * times
      const [ofDiagonal, ofRest] = split(key, 2)
      const concentration = all.flatMap(({ df }) =>
        Array.from({ length: times * p }, (_, i) => (df - (i % p)) / 2),
      )
      const gammas = random.gamma(ofDiagonal, [total * p], { concentration, dtype: 'float64' }).data
      const noise = random.normal(ofRest, [total * (p * p + p)], { dtype: 'float64' }).data
      const draws = new Float64Array(total * size)
      for (let draw = 0; draw < total; draw++) {
        const { inverseScale, mean, strength } = all[Math.floor(draw / times)]!
        const own = noise.subarray(draw * (p * p + p), (draw + 1) * (p * p + p))
        const precision = wishartDraw(inverseScale, gammas.subarray(draw * p, (draw + 1) * p), own, p)
        const { factor, inverse } = positiveOf(precision, p)!
        if (hasVector) {
          const away = solveTransposed(factor, own.subarray(p * p))
          for (let k = 0; k < p; k++) draws[draw * size + k] = mean[k]! + away[k]! / Math.sqrt(strength)
        }
        draws.set(isCovariance ? inverse : precision, draw * size + n)
      }
      return draws
    },
  }
}

/** The variance of an entry of an inverse Wishart matrix (Press, Applied Multivariate Analysis (1982), §5.2.3). */
function inverseVariance(Psi: Float64Array, df: number, p: number, a: number, b: number): number {
  if (!(df > p + 3)) return Infinity
  const spread = (df - p + 1) * Psi[a * p + b]! ** 2 + (df - p - 1) * Psi[a * (p + 1)]! * Psi[b * (p + 1)]!
  return spread / ((df - p) * (df - p - 1) ** 2 * (df - p - 3))
}

/** L·Lᵀ. */
export function matrixOf({ factor }: Positive, p: number): Float64Array {
  const all = new Float64Array(p * p)
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let k = 0; k <= Math.min(i, j); k++) all[i * p + j]! += factor[i * p + k]! * factor[j * p + k]!
  return all
}

/** Bartlett's decomposition: V = L⁻ᵀ·L⁻¹ for V⁻¹ = L·Lᵀ, so that Λ = (L⁻ᵀ·A)·(L⁻ᵀ·A)ᵀ. */
function wishartDraw(
  { factor }: Positive,
  gammas: Float64Array,
  noise: Float64Array,
  p: number,
): Float64Array {
  const root = new Float64Array(p * p)
  for (let j = 0; j < p; j++) {
    const column = Float64Array.from({ length: p }, (_, i) =>
      i === j ? Math.sqrt(2 * gammas[j]!) : i > j ? noise[i * p + j]! : 0,
    )
    for (const [i, x] of solveTransposed(factor, column).entries()) root[i * p + j] = x
  }
  const precision = new Float64Array(p * p)
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let k = 0; k < p; k++) precision[i * p + j]! += root[i * p + k]! * root[j * p + k]!
  return precision
}
