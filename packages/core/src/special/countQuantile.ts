/**
 * The least whole k from 0 to `largest` whose cdf(k) is ≥ p in float32, by doubling steps from a guess and then halving
 * them; NaN unless 0 ≤ p ≤ 1. Cumulative probabilities are given in float32, so that p stands for all that round to it:
 * the quantile of what cdf(k) is rounded to is k. Only p = 1 is exact: its quantile is `largest`.
 */
export function countQuantile(cdf: (k: number) => number, p: number, guess: number, largest: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  if (p === 0) return 0
  if (p === 1) return largest
  const probability = Math.fround(p)
  const isBelow = (k: number): boolean => Math.fround(cdf(k)) < probability
  let above = Math.min(largest, Math.max(0, Math.floor(guess)))
  let below = above
  let step = 1
  if (isBelow(above)) {
    for (above = below + 1; above < largest && isBelow(above); above = below + step) {
      below = above
      step *= 2
    }
    above = Math.min(above, largest)
  } else {
    for (below = above - 1; below >= 0 && !isBelow(below); below = above - step) {
      above = below
      step *= 2
    }
    below = Math.max(below, -1)
  }
  while (above - below > 1) {
    const middle = Math.floor((above + below) / 2)
    if (middle === above || middle === below) break
    if (isBelow(middle)) below = middle
    else above = middle
  }
  return above
}
