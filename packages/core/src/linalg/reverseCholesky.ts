/**
 * Replaces the lower triangle of the derivatives of a number in the elements of a Cholesky factor L by those in the
 * elements of the matrix that it is the factor of, as if the triangle was all there is of that. n×n, row-major.
 * Murray, Differentiation of the Cholesky decomposition (2016), §3.2.
 */
export function reverseCholesky(l: Float64Array, slopes: Float64Array, n: number): void {
  for (let j = n - 1; j >= 0; j--) {
    const inverse = 1 / l[j * n + j]!
    let own = slopes[j * n + j]!
    for (let i = j + 1; i < n; i++) {
      slopes[i * n + j]! *= inverse
      own -= l[i * n + j]! * slopes[i * n + j]!
    }
    own *= inverse
    for (let k = 0; k < j; k++) slopes[j * n + k]! -= own * l[j * n + k]!
    for (let i = j + 1; i < n; i++) {
      const slope = slopes[i * n + j]!
      for (let k = 0; k < j; k++) {
        slopes[j * n + k]! -= slope * l[i * n + k]!
        slopes[i * n + k]! -= slope * l[j * n + k]!
      }
    }
    slopes[j * n + j] = own / 2
  }
}
