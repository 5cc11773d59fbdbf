/** A median with a confidence interval that holds whatever the distribution. */
export interface MedianInterval {
  readonly median: number
  readonly low: number
  readonly high: number
  /** The probability with which an interval made this way holds the true median. */
  readonly coverage: number
}

/**
 * The median of independent measurements, and the narrowest pair of order statistics x₍ⱼ₎ … x₍ₙ₊₁₋ⱼ₎ that holds
 * the true median with at least the probability asked for: of n measurements the number below the median is
 * binomial(n, ½). Where n is too small for that (n ≤ 5 at 95 %), the whole range, with the coverage that it has.
 */
export function medianInterval(values: readonly number[], coverage = 0.95): MedianInterval {
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  let rank = 1
  let beyond = 2 ** -n
  for (let probability = beyond, j = 1; 2 * (j + 1) <= n; j++) {
    probability *= (n - j + 1) / j
    if (1 - 2 * (beyond + probability) < coverage) break
    beyond += probability
    rank = j + 1
  }
  const middle = (sorted[Math.floor((n - 1) / 2)]! + sorted[Math.floor(n / 2)]!) / 2
  return { median: middle, low: sorted[rank - 1]!, high: sorted[n - rank]!, coverage: 1 - 2 * beyond }
}
