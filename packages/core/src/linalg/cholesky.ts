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
    const rowI = offset + i * n
    const diagonal = a[rowI + i]!
    for (let j = 0; j < i; j++) {
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
