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

/**
 * Integrates the exponential of a quadratic function: with A = −H it is a + ½ gᵀA⁻¹g − ½ log det A + (n/2) log 2π, of the
 * normal distribution of mean A⁻¹g and precision A.
 *
 * @param constant a, the function at 0.
 * @param gradient g, at 0.
 * @param hessian H, row-major.
 * @param who names what is integrated in errors.
 * @throws UnsupportedError where the integral does not exist, for A is not positive definite.
 */
export function integrateGaussian(
  constant: number,
  gradient: Float64Array,
  hessian: Float64Array,
  who: string,
): GaussianPart {
  const n = gradient.length
  const factor = hessian.map((x) => -x)
  if (linalg.choleskyInPlace(factor, n) >= 0) {
    throw new UnsupportedError(
      `${who}: the density does not fall in all directions, so that it has no integral`,
    )
  }
  // L y = g, Lᵀ m = y.
  const y = Float64Array.from(gradient)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) y[i]! -= factor[i * n + j]! * y[j]!
    y[i]! /= factor[i * n + i]!
  }
  const mean = solveTransposed(factor, y)
  let logIntegral = constant + (n / 2) * LOG_TWO_PI
  for (let i = 0; i < n; i++) logIntegral += 0.5 * y[i]! ** 2 - Math.log(factor[i * n + i]!)
  if (Number.isNaN(logIntegral)) throw new NumericalError(`${who}: the log joint is NaN`)
  return { logIntegral, mean, factor }
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
