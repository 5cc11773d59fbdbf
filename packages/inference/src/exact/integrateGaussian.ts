import { linalg, NumericalError, UnsupportedError } from '@variate/core'
import { solveLower, solveTransposed } from './triangles.ts'

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
  const y = solveLower(factor, gradient)
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
