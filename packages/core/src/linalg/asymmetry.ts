/** How far elements (i, j) and (j, i) may lie apart, relative to √(aᵢᵢ·aⱼⱼ): what float32 sums of products make. */
export const ASYMMETRY = 1e-5

/**
 * The first (i, j) below the diagonal of A (n×n, row-major) that differs from (j, i) by more than float32 rounding;
 * undefined for a symmetric matrix.
 */
export function asymmetry(
  a: ArrayLike<number>,
  n: number,
): readonly [row: number, column: number] | undefined {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const size = Math.sqrt(Math.abs(a[i * n + i]! * a[j * n + j]!))
      if (Math.abs(a[i * n + j]! - a[j * n + i]!) > ASYMMETRY * size) return [i, j]
    }
  }
  return undefined
}
