/**
 * The least whole k from 0 to `largest` with cdf(k) ≥ p, by doubling steps from a guess and then halving them; NaN
 * unless 0 ≤ p ≤ 1.
 */
export function countQuantile(cdf: (k: number) => number, p: number, guess: number, largest: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  if (p === 0) return 0
  if (p === 1) return largest
  let above = Math.min(largest, Math.max(0, Math.floor(guess)))
  let below = above
  let step = 1
  if (cdf(above) >= p) {
    for (below = above - 1; below >= 0 && cdf(below) >= p; below = above - step) {
      above = below
      step *= 2
    }
    below = Math.max(below, -1)
  } else {
    for (above = below + 1; above < largest && cdf(above) < p; above = below + step) {
      below = above
      step *= 2
    }
    above = Math.min(above, largest)
  }
  while (above - below > 1) {
    const middle = Math.floor((above + below) / 2)
    if (middle === above || middle === below) break
    if (cdf(middle) >= p) above = middle
    else below = middle
  }
  return above
}
