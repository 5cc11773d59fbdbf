import * as tf from '@tensorflow/tfjs-core'
import type { AnyDistribution } from '../distribution.ts'
import { read } from '../evaluate.ts'
import { chiSquaredCritical } from '../statistics/budget.ts'
import type { Comparisons } from '../tally.ts'

/** A cell is expected to hold so many draws at least; what is rarer shares one. */
const CELL = 20

/** Pearson's statistic of discrete draws, events of any shape, against their own probabilities. */
export function checkChiSquared(
  tally: Comparisons,
  at: string,
  distribution: AnyDistribution,
  draws: ArrayLike<number>,
): void {
  const { eventShape } = distribution
  const size = eventShape.reduce((product, length) => product * length, 1)
  const n = draws.length / size
  const observed = new Map<string, number>()
  for (let i = 0; i < n; i++) {
    const event = Array.from({ length: size }, (_, k) => draws[i * size + k]!).join()
    observed.set(event, (observed.get(event) ?? 0) + 1)
  }
  const events = [...observed.keys()].map((event) => event.split(',').map(Number))
  const logs = read(() => distribution.logProb(tf.tensor(events.flat(), [events.length, ...eventShape])))
  let [statistic, cells] = [0, 0]
  const rest = { expected: n, observed: 0 }
  ;[...observed.values()].forEach((count, i) => {
    const expected = n * Math.exp(logs[i]!)
    if (expected < CELL) {
      rest.observed += count
    } else {
      rest.expected -= expected
      statistic += (count - expected) ** 2 / expected
      cells++
    }
  })
  // Rounding of float32 probabilities leaves up to so much of nothing.
  const expected = Math.max(rest.expected, 1e-5 * n)
  if (rest.expected >= CELL) {
    statistic += (rest.observed - expected) ** 2 / expected
    cells++
  }
  const allowed = chiSquaredCritical(Math.max(1, cells - 1))
  tally.compare({ at: `${at}: χ² of ${cells} cells`, expected: 0, got: statistic, allowed })
  if (rest.expected < CELL) {
    const most = expected + 8 * Math.sqrt(expected) + 40
    tally.compare({ at: `${at}: draws in rare cells`, expected: 0, got: rest.observed, allowed: most })
  }
}
