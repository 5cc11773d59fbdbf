import { call, type AnyDistribution } from '../distribution.ts'
import { Z_CRITICAL } from '../statistics/budget.ts'
import { rankCorrelation } from '../statistics/ranks.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { canDraw, draw, sizeOf } from './draws.ts'
import { stackable, stacked } from './stacked.ts'

/** Draws of different elements of a batch are independent, and each is of its own element. */
export function checkBatchSampler(subject: Subject): Tally {
  const { name, make } = subject
  const tally = new Comparisons(name, 'batches of samples')
  const groups = stackable(subject).toSorted((a, b) => b.length - a.length)
  for (const [g, group] of groups.slice(0, GROUPS).entries()) {
    const pair = [group[0]!, group[0]!, ...group.slice(1, 3)]
    const distribution: AnyDistribution = call(make, stacked(subject, pair))
    if (!canDraw(distribution)) continue
    const size = sizeOf(distribution.eventShape)
    const draws = draw(distribution, 1000 + g, [COUNT])
    const of = (element: number, entry: number): Float64Array =>
      Float64Array.from({ length: COUNT }, (_, i) => draws[(i * pair.length + element) * size + entry]!)
    for (let entry = 0; entry < Math.min(size, 3); entry++) {
      const z = rankCorrelation(of(0, entry), of(1, entry))
      const at = `batch of ${pair.length} like "${pair[0]!.name}", entry ${entry}: correlation of elements`
      if (z !== undefined) tally.compare({ at, expected: 0, got: z, allowed: Z_CRITICAL })
      pair.slice(1).forEach((item, element) => {
        const alone = call(make, item.args)
        checkSameDistribution(
          tally,
          `element "${item.name}", entry ${entry}`,
          of(element + 1, entry),
          alone,
          entry,
        )
      })
    }
  }
  return tally.close()
}

const COUNT = 2000
/** The groups of like cases that are drawn, the largest. */
const GROUPS = 5

/** Two samples' ranks: Mann and Whitney's statistic, and the same of distances from the median, for the spread. */
function checkSameDistribution(
  tally: Comparisons,
  at: string,
  xs: Float64Array,
  alone: AnyDistribution,
  entry: number,
): void {
  const size = sizeOf(alone.eventShape)
  const draws = draw(alone, 999, [COUNT])
  const ys = Float64Array.from({ length: COUNT }, (_, i) => draws[i * size + entry]!)
  const all = [...xs, ...ys]
  const label = all.map((_, i) => +(i < COUNT))
  const median = Float64Array.from(all).sort()[COUNT]!
  for (const [what, of] of [
    ['location', (x: number) => x],
    ['spread', (x: number) => Math.abs(x - median)],
  ] as const) {
    const z = rankCorrelation(all.map(of), label)
    if (z === undefined) {
      // All draws, of both, are one number.
      tally.check(true, () => '')
      continue
    }
    tally.compare({ at: `${at}: ${what} in a batch and alone`, expected: 0, got: z, allowed: Z_CRITICAL })
  }
}
