/**
 * Critical values for the checks of samplers. Fewer than 10 of them run, each failing by chance with
 * probability 1e-7: the family-wise budget is 1e-6 (and keys are fixed, so a check that passes stays so).
 * From scipy 1.17: `chi2.isf(1e-7, df)` and `kstwo.isf(1e-7, n) * sqrt(n)` for n = 100,000.
 */
export const CHI_SQUARED_CRITICAL: Readonly<Record<number, number>> = {
  2: 32.236191,
  19: 69.781533,
  119: 217.226461,
  255: 390.242067,
}
export const KOLMOGOROV_CRITICAL = 2.898694

/** Pearson's statistic Σ (observed − expected)² / expected. */
export function chiSquared(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0)
}

/** √n·sup |F_n(x) − x|, for draws from the uniform distribution on [0, 1). */
export function kolmogorov(draws: ArrayLike<number>): number {
  const sorted = Float64Array.from(draws).sort()
  const n = sorted.length
  const distance = sorted.reduce((d, x, i) => Math.max(d, (i + 1) / n - x, x - i / n), 0)
  return Math.sqrt(n) * distance
}

/** How many draws fall between neighbouring edges, and beyond the outer ones. */
export function countBetween(draws: ArrayLike<number>, edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0)
  for (const draw of Array.from(draws)) counts[edges.filter((edge) => draw >= edge).length]!++
  return counts
}
