import { NumericalError } from '../errors.ts'
import type { MatrixLike } from '../matrix.ts'
import { NdArray } from '../ndarray.ts'
import { squareCopy } from './square.ts'

/**
 * The lower-triangular L with A = L·Lᵀ, float64, shape [n, n]. Only the lower triangle of A is read.
 * Golub & Van Loan, Matrix Computations (4th ed.), §4.2.
 *
 * @throws NumericalError if A is not positive definite, with the row whose pivot is not positive.
 *
 * @example
 * ```ts
 * import { linalg } from '@variate/core'
 *
 * linalg.cholesky([[4, 2], [2, 5]]).toNested() // => [[2, 0], [1, 2]]
 * ```
 */
export function cholesky(a: MatrixLike): NdArray<Float64Array> {
  const { data, n } = squareCopy(a, 'cholesky: matrix')
  const row = choleskyInPlace(data, n)
  if (row >= 0) {
    throw new NumericalError(`cholesky: matrix is not positive definite: the pivot of row ${row} is not > 0`)
  }
  return new NdArray(data, [n, n])
}

/**
 * Replaces A (n×n, row-major, at `offset`) by its Cholesky factor, the upper triangle by zeros.
 *
 * @param tolerance a pivot counts as positive above `tolerance` times its diagonal element of A.
 * @returns −1, or the first row whose pivot is not positive: A is then half overwritten.
 */
export function choleskyInPlace(a: Float64Array, n: number, offset = 0, tolerance = 0): number {
  for (let i = 0; i < n; i++) {
    if (i % ROWS === 0 && i + ROWS <= n) solveRows(a, n, offset, i)
    const rowI = offset + i * n
    const diagonal = a[rowI + i]!
    for (let j = i - (i % ROWS) + ROWS <= n ? i - (i % ROWS) : 0; j < i; j++) {
      const rowJ = offset + j * n
      let sum = a[rowI + j]!
      for (let k = 0; k < j; k++) sum -= a[rowI + k]! * a[rowJ + k]!
      a[rowI + j] = sum / a[rowJ + j]!
    }
    let pivot = diagonal
    for (let k = 0; k < i; k++) pivot -= a[rowI + k]! * a[rowI + k]!
    if (!(pivot > tolerance * diagonal && pivot < Infinity)) return i
    a[rowI + i] = Math.sqrt(pivot)
    a.fill(0, rowI + i + 1, rowI + n)
  }
  return -1
}

/** Rows whose elements are computed together, so that none waits for another. */
const ROWS = 4

/** The elements of four rows from `first` on that are left of the square on the diagonal. */
function solveRows(a: Float64Array, n: number, offset: number, first: number): void {
  const row0 = offset + first * n
  const [row1, row2, row3] = [row0 + n, row0 + 2 * n, row0 + 3 * n]
  for (let j = 0; j < first; j++) {
    const rowJ = offset + j * n
    let [sum0, sum1, sum2, sum3] = [a[row0 + j]!, a[row1 + j]!, a[row2 + j]!, a[row3 + j]!]
    for (let k = 0; k < j; k++) {
      const x = a[rowJ + k]!
      sum0 -= a[row0 + k]! * x
      sum1 -= a[row1 + k]! * x
      sum2 -= a[row2 + k]! * x
      sum3 -= a[row3 + k]! * x
    }
    const pivot = a[rowJ + j]!
    a[row0 + j] = sum0 / pivot
    a[row1 + j] = sum1 / pivot
    a[row2 + j] = sum2 / pivot
    a[row3 + j] = sum3 / pivot
  }
}
