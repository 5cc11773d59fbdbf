import { linalg, NumericalError, UnsupportedError } from '@variate/core'

const LOG_TWO_PI = Math.log(2 * Math.PI)

/** A normal distribution that is left when a component is integrated: its mean, and the factor of its precision. */
export interface GaussianPart {
  /** log ∫ exp(a + gᵀz + ½ zᵀHz) dz, in nats. */
  readonly logIntegral: number
  readonly mean: Float64Array
  /** L, row-major, where L Lᵀ = −H. */
  readonly factor: Float64Array
}

/** Below this squared pivot, with ones on the diagonal, a determinant is not known to five digits. */
const SINGULAR = 1e-11

/**
 * Integrates the exponential of a quadratic function f: with A = −H, from any point p, it is
 * f(p) + ½ gᵀA⁻¹g − ½ log det A + (n/2) log 2π, of the normal distribution of mean p + A⁻¹g and precision A. The nearer p is
 * to the mean, the less is lost to cancellation.
 *
 * @param value f(p); where it is −∞ there is nothing to integrate.
 * @param gradient g, at p.
 * @param hessian H, row-major.
 * @param point p.
 * @param who names what is integrated in errors.
 * @throws UnsupportedError where the integral does not exist, for A is not positive definite, or so nearly that it cannot be told.
 */
export function integrateGaussian(
  value: number,
  gradient: Float64Array,
  hessian: Float64Array,
  point: ArrayLike<number>,
  who: string,
): GaussianPart {
  const n = gradient.length
  if (value === -Infinity) return nothing(n)
  const factor = factorOf(hessian, n, who)
  // L y = g, Lᵀ (m − p) = y.
  const y = Float64Array.from(gradient)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) y[i]! -= factor[i * n + j]! * y[j]!
    y[i]! /= factor[i * n + i]!
  }
  const mean = solveTransposed(factor, y).map((x, i) => point[i]! + x)
  let logIntegral = value + (n / 2) * LOG_TWO_PI
  for (let i = 0; i < n; i++) logIntegral += 0.5 * y[i]! ** 2 - Math.log(factor[i * n + i]!)
  if (Number.isNaN(logIntegral)) throw new NumericalError(`${who}: the log joint is NaN`)
  return { logIntegral, mean, factor }
}

/** Of what is impossible: a distribution that counts for nothing. */
function nothing(n: number): GaussianPart {
  const factor = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0))
  return { logIntegral: -Infinity, mean: new Float64Array(n), factor }
}

/** L of −H = L Lᵀ, by the matrix with ones on its diagonal, so that units do not matter. */
function factorOf(hessian: Float64Array, n: number, who: string): Float64Array {
  if (hessian.some(Number.isNaN)) throw new NumericalError(`${who}: the log joint is NaN`)
  const scales = Float64Array.from({ length: n }, (_, i) => Math.sqrt(-hessian[i * (n + 1)]!))
  const factor = hessian.map((x, at) => -x / (scales[Math.floor(at / n)]! * scales[at % n]!))
  const isProper =
    scales.every((x) => x > 0 && x < Infinity) &&
    linalg.choleskyInPlace(factor, n) < 0 &&
    scales.every((_, i) => factor[i * (n + 1)]! ** 2 > SINGULAR)
  if (!isProper) {
    throw new UnsupportedError(
      `${who}: the density does not fall in all directions, or so little in some that it cannot be told: it has no integral`,
    )
  }
  return factor.map((x, at) => x * scales[Math.floor(at / n)]!)
}

/** The solution of Lᵀ x = b, for L row-major. */
export function solveTransposed(factor: Float64Array, b: ArrayLike<number>): Float64Array {
  const n = b.length
  const x = Float64Array.from(b)
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i]! -= factor[j * n + i]! * x[j]!
    x[i]! /= factor[i * n + i]!
  }
  return x
}

/** The diagonal of (L Lᵀ)⁻¹: sums of squares in the columns of L⁻¹. */
export function inverseDiagonal(factor: Float64Array, n: number): Float64Array {
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

/** The covariance of some numbers: rows and columns of (L Lᵀ)⁻¹. */
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
