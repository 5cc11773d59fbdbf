import { NumericalError } from '../errors.ts'
import type { MatrixLike } from '../matrix.ts'
import { NdArray } from '../ndarray.ts'
import { squareCopy } from './square.ts'
import { tridiagonalize } from './tridiagonalize.ts'

/** Eigenvalues in ascending order, and the matching orthonormal eigenvectors as columns. */
export interface SymmetricEigen {
  /** Shape [n]. */
  readonly values: NdArray<Float64Array>
  /** Shape [n, n]; column j belongs to value j. */
  readonly vectors: NdArray<Float64Array>
}

const MAX_SWEEPS = 60

/**
 * The eigenvalues and eigenvectors of a symmetric matrix [n, n], float64; only its lower triangle is read.
 * Householder tridiagonalisation, then the implicit QL algorithm with Wilkinson's shift
 * (Golub & Van Loan, 4th ed., §8.3; Parlett, The Symmetric Eigenvalue Problem, §8.15).
 *
 * @throws NumericalError if an eigenvalue does not settle, which finite input has not been seen to cause.
 *
 * @example
 * ```ts
 * import { linalg } from '@variate/core'
 *
 * linalg.eigh([[2, 1], [1, 2]]).values.toNested() // => [1, 3]
 * ```
 */
export function eigh(a: MatrixLike): SymmetricEigen {
  const { data, n } = squareCopy(a, 'eigh: matrix')
  // Scaled to a largest element of 1, so that no square overflows or underflows.
  const scale = data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1
  const { vectors, diagonal, offDiagonal } = tridiagonalize(
    data.map((value) => value / scale),
    n,
  )
  const negligible = (Number.EPSILON / 16) * norm(diagonal, offDiagonal)
  for (let l = 0; l < n; l++) {
    let sweeps = 0
    for (
      let m = blockEnd(diagonal, offDiagonal, l, negligible);
      m > l;
      m = blockEnd(diagonal, offDiagonal, l, negligible)
    ) {
      if (++sweeps > MAX_SWEEPS) throw new NumericalError(`eigh: eigenvalue ${l} did not settle`)
      qlSweep(diagonal, offDiagonal, vectors, n, l, m)
    }
  }
  return sortAscending(
    diagonal.map((value) => value * scale),
    vectors,
    n,
  )
}

/**
 * The last index of the unreduced block that starts at l: the first off-diagonal that is negligible ends it,
 * beside its neighbours or beside the whole matrix (whose own rounding is larger). Without the latter the
 * block of zero eigenvalues of a singular matrix, which is nothing but rounding, need not settle.
 */
function blockEnd(d: Float64Array, e: Float64Array, l: number, negligible: number): number {
  let m = l
  while (m < d.length - 1) {
    const scale = Math.abs(d[m]!) + Math.abs(d[m + 1]!)
    if (Math.abs(e[m]!) <= Math.max(negligible, Number.EPSILON * scale)) break
    m++
  }
  return m
}

/** The largest element of a tridiagonal matrix, neighbours added. */
function norm(d: Float64Array, e: Float64Array): number {
  let largest = 0
  for (let i = 0; i < d.length; i++) largest = Math.max(largest, Math.abs(d[i]!) + Math.abs(e[i]!))
  return largest
}

/** One implicit QL sweep over rows l…m: chases the bulge upwards by plane rotations, which V collects. */
function qlSweep(d: Float64Array, e: Float64Array, v: Float64Array, n: number, l: number, m: number): void {
  const half = (d[l + 1]! - d[l]!) / (2 * e[l]!)
  const radius = Math.hypot(half, 1)
  let g = d[m]! - d[l]! + e[l]! / (half + (half < 0 ? -radius : radius))
  let [sine, cosine, shift] = [1, 1, 0]
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i]!
    const b = cosine * e[i]!
    const r = Math.hypot(f, g)
    e[i + 1] = r
    if (r === 0) {
      // The block splits in the middle of the sweep: undo the shift and start again on the part left.
      d[i + 1] = d[i + 1]! - shift
      e[m] = 0
      return
    }
    sine = f / r
    cosine = g / r
    g = d[i + 1]! - shift
    const t = (d[i]! - g) * sine + 2 * cosine * b
    shift = sine * t
    d[i + 1] = g + shift
    g = cosine * t - b
    rotateColumns(v, n, i, sine, cosine)
  }
  d[l] = d[l]! - shift
  e[l] = g
  e[m] = 0
}

function rotateColumns(v: Float64Array, n: number, i: number, sine: number, cosine: number): void {
  for (let p = i; p < n * n; p += n) {
    const right = v[p + 1]!
    v[p + 1] = sine * v[p]! + cosine * right
    v[p] = cosine * v[p]! - sine * right
  }
}

function sortAscending(d: Float64Array, v: Float64Array, n: number): SymmetricEigen {
  const order = Array.from(d.keys()).sort((a, b) => d[a]! - d[b]!)
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++) order.forEach((from, to) => (vectors[i * n + to] = v[i * n + from]!))
  return { values: new NdArray(d.slice().sort(), [n]), vectors: new NdArray(vectors, [n, n]) }
}
