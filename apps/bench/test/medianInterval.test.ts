import { expect, test } from 'vitest'
import { medianInterval } from '../src/medianInterval.ts'

/** scipy.stats.binom: the largest j with 1 − 2·P(B ≤ j − 1) ≥ 0.95, and that coverage, for n measurements. */
const oracle: readonly [n: number, rank: number, coverage: number][] = [
  [3, 1, 0.75],
  [6, 1, 0.96875],
  [7, 1, 0.984375],
  [9, 2, 0.9609375],
  [15, 4, 0.96484375],
  [20, 6, 0.9586105346679688],
]

test.each(oracle)(
  'of %i measurements the interval goes from rank %i, with coverage %f',
  (n, rank, coverage) => {
    const ranks = Array.from({ length: n }, (_, i) => i + 1).reverse()
    const interval = medianInterval(ranks)
    expect(interval).toEqual({ median: (n + 1) / 2, low: rank, high: n + 1 - rank, coverage })
  },
)
