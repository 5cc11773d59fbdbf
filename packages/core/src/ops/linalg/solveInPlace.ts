/** Which triangle of a matrix is read, and whether its transpose is meant. */
export interface Triangle {
  readonly lower: boolean
  readonly transpose: boolean
}

/** Replaces X (n×m, row-major) by T⁻¹·X or T⁻ᵀ·X for a triangular T (n×n, row-major). Golub & Van Loan §3.1. */
export function solveInPlace(
  t: Float64Array,
  x: Float64Array,
  n: number,
  m: number,
  { lower, transpose }: Triangle,
): void {
  const forward = lower !== transpose
  const rowStep = transpose ? 1 : n
  const columnStep = transpose ? n : 1
  for (let step = 0; step < n; step++) {
    const i = forward ? step : n - 1 - step
    const row = i * m
    for (let k = forward ? 0 : i + 1; k < (forward ? i : n); k++) {
      const factor = t[i * rowStep + k * columnStep]!
      for (let j = 0; j < m; j++) x[row + j]! -= factor * x[k * m + j]!
    }
    const pivot = t[i * n + i]!
    for (let j = 0; j < m; j++) x[row + j]! /= pivot
  }
}
