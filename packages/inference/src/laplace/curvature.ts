import { linalg, NdArray } from '@variate/core'

/** Eigenvalues below this share of the largest are flat. */
const FLAT = 1e-10

/** A covariance of a Hessian, and where the Hessian tells of none. */
export interface Curvature {
  /** The inverse of the Hessian, [n, n]. */
  readonly covariance: NdArray<Float64Array>
  /** log det of the covariance. */
  readonly logDet: number
  /** For each direction along which the function does not curve upwards: the number that has the largest part in it. */
  readonly flat: readonly { readonly at: number; readonly eigenvalue: number }[]
}

/**
 * The inverse of a Hessian. Numbers are first scaled by their own curvatures, so that their units do not matter. Where it is not
 * positive definite, its eigenvalues count by their size, and at least as a small share of the largest.
 */
export function curvatureOf(hessian: Float64Array, n: number): Curvature {
  const scales = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(Math.abs(hessian[i * n + i]!) || 1))
  const scaled = hessian.map(
    (x, at) =>
      ((x + hessian[(at % n) * n + Math.floor(at / n)]!) / 2) * scales[at % n]! * scales[Math.floor(at / n)]!,
  )
  const { values, vectors } = linalg.eigh(new NdArray(scaled, [n, n]))
  const largest = values.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1
  const curves = values.data.map((x) => Math.max(Math.abs(x), FLAT * largest))
  const columns = vectors.data.map((x, at) => (x * scales[Math.floor(at / n)]!) / Math.sqrt(curves[at % n]!))
  const covariance = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += columns[i * n + k]! * columns[j * n + k]!
      covariance[i * n + j] = covariance[j * n + i] = sum
    }
  return {
    covariance: new NdArray(covariance, [n, n]),
    logDet:
      2 * scales.reduce((total, x) => total + Math.log(x), 0) -
      curves.reduce((total, x) => total + Math.log(x), 0),
    flat: [...values.data.keys()]
      .filter((k) => !(values.data[k]! > FLAT * largest))
      .map((k) => ({ at: largestOf(vectors.data, n, k), eigenvalue: values.data[k]! })),
  }
}

/** The row in which a column is largest. */
function largestOf(vectors: Float64Array, n: number, column: number): number {
  let best = 0
  for (let i = 1; i < n; i++)
    if (Math.abs(vectors[i * n + column]!) > Math.abs(vectors[best * n + column]!)) best = i
  return best
}
