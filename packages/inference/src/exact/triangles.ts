// Triangular systems, L row-major.

/**
 * The solution of L y = b.
 *
 * @param first the first entry of b that is not 0.
 */
export function solveLower(factor: Float64Array, b: ArrayLike<number>, first = 0): Float64Array {
  const n = b.length
  const y = Float64Array.from(b)
  for (let i = first; i < n; i++) {
    for (let j = first; j < i; j++) y[i]! -= factor[i * n + j]! * y[j]!
    y[i]! /= factor[i * n + i]!
  }
  return y
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
  return Float64Array.from({ length: n }, (_, j) =>
    solveLower(factor, unit(n, j), j).reduce((sum, x) => sum + x * x, 0),
  )
}

/** The covariance of some of n numbers: rows and columns of (L Lᵀ)⁻¹. */
export function covarianceOf(factor: Float64Array, n: number, numbers: readonly number[]): Float64Array {
  const columns = numbers.map((number) =>
    solveTransposed(factor, solveLower(factor, unit(n, number), number)),
  )
  return Float64Array.from(columns.flatMap((column) => numbers.map((number) => column[number]!)))
}

function unit(n: number, at: number): Float64Array {
  return new Float64Array(n).fill(1, at, at + 1)
}
