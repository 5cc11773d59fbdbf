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
    for (let j = 0; j < i; j++) {
      let sum = 0
      for (let k = j; k < i; k++) sum += l[rowI + k]! * l[offset + k * n + j]!
      l[rowI + j] = -sum * inverse
    }
    l[rowI + i] = inverse
  }
}
