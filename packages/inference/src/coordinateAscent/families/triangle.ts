/** Where the entry of row i and column j ≤ i of a symmetric matrix is among those of its lower triangle, row by row. */
export function triangleAt(i: number, j: number): number {
  return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i
}

export function triangleSize(n: number): number {
  return (n * (n + 1)) / 2
}

/**
 * The symmetric S with Σ_{j ≤ i} c_ij·X_ij = tr(S·X) for symmetric X: half of what is below the diagonal.
 *
 * @param from where the lower triangle of c begins.
 */
export function symmetricOf(c: Float64Array, from: number, n: number): Float64Array {
  const s = new Float64Array(n * n)
  for (let i = 0, at = from; i < n; i++) {
    for (let j = 0; j < i; j++, at++) s[i * n + j] = s[j * n + i] = c[at]! / 2
    s[i * n + i] = c[at++]!
  }
  return s
}
