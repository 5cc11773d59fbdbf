import { NumericalError, ShapeError } from '../errors.ts'
import { toMatrix, type MatrixLike } from '../matrix.ts'
import { NdArray } from '../ndarray.ts'
import { squareCopy } from './square.ts'

/**
 * X with L·X = B, or Lᵀ·X = B with `transpose`, for a lower-triangular L [n, n] and B [n, m]; float64.
 * Only the lower triangle of L is read.
 *
 * @throws ShapeError if the rows of B are not n; NumericalError for a zero on the diagonal.
 *
 * @example
 * ```ts
 * import { linalg } from '@variate/core'
 *
 * linalg.triangularSolve([[2, 0], [1, 2]], [[4], [6]]).toNested() // => [[2], [2]]
 * ```
 */
export function triangularSolve(
  l: MatrixLike,
  b: MatrixLike,
  options: { transpose?: boolean } = {},
): NdArray<Float64Array> {
  const { data: factor, n } = squareCopy(l, 'triangularSolve: L')
  const { data, shape } = toMatrix(b, 'triangularSolve: B')
  const [rows, columns] = shape as [number, number]
  if (rows !== n) throw new ShapeError(`triangularSolve: L has shape [${n},${n}], B has shape [${shape}]`)
  for (let i = 0; i < n; i++) {
    if (factor[i * n + i] === 0)
      throw new NumericalError(`triangularSolve: L is singular: its diagonal is 0 at [${i},${i}]`)
  }
  const x = data.slice()
  const column = new Float64Array(n)
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < n; i++) column[i] = x[i * columns + j]!
    if (options.transpose) solveUpperInPlace(factor, column, n)
    else solveLowerInPlace(factor, column, n)
    for (let i = 0; i < n; i++) x[i * columns + j] = column[i]!
  }
  return new NdArray(x, [n, columns])
}

/** Replaces b by L⁻¹·b (forward substitution). */
function solveLowerInPlace(l: Float64Array, b: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * b[k]!
    b[i] = sum / l[i * n + i]!
  }
}

/** Replaces b by L⁻ᵀ·b (back substitution). */
function solveUpperInPlace(l: Float64Array, b: Float64Array, n: number): void {
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!
    for (let k = i + 1; k < n; k++) sum -= l[k * n + i]! * b[k]!
    b[i] = sum / l[i * n + i]!
  }
}

/**
 * Replaces a lower-triangular L (n×n, row-major, at `offset`) by its inverse, which is lower-triangular
 * as well. The diagonal must not hold a zero.
 */
export function invertLowerInPlace(l: Float64Array, n: number, offset = 0): void {
  for (let i = 0; i < n; i++) {
    const rowI = offset + i * n
    const inverse = 1 / l[rowI + i]!
    // Rows above i already hold the inverse: row i of L⁻¹ is −(L_i,<i · L⁻¹) / L_ii.
    let j = 0
    for (; j + 4 <= i; j += 4) invertFour(l, n, offset, i, j, -inverse)
    for (; j < i; j++) {
      let sum = 0
      for (let k = j; k < i; k++) sum += l[rowI + k]! * l[offset + k * n + j]!
      l[rowI + j] = -sum * inverse
    }
    l[rowI + i] = inverse
  }
}

/** Four elements of row i from column j on: their sums need not wait for each other, and read what lies together. */
function invertFour(l: Float64Array, n: number, offset: number, i: number, j: number, factor: number): void {
  const rowI = offset + i * n
  const diagonal = offset + j * (n + 1)
  const [row1, row2] = [diagonal + n, diagonal + 2 * n]
  // What is above the diagonal is not read.
  const [x0, x1, x2] = [l[rowI + j]!, l[rowI + j + 1]!, l[rowI + j + 2]!]
  let sum0 = x0 * l[diagonal]! + x1 * l[row1]! + x2 * l[row2]!
  let sum1 = x1 * l[row1 + 1]! + x2 * l[row2 + 1]!
  let sum2 = x2 * l[row2 + 2]!
  let sum3 = 0
  for (let k = j + 3, at = diagonal + 3 * n; k < i; k++, at += n) {
    const x = l[rowI + k]!
    sum0 += x * l[at]!
    sum1 += x * l[at + 1]!
    sum2 += x * l[at + 2]!
    sum3 += x * l[at + 3]!
  }
  l[rowI + j] = sum0 * factor
  l[rowI + j + 1] = sum1 * factor
  l[rowI + j + 2] = sum2 * factor
  l[rowI + j + 3] = sum3 * factor
}
