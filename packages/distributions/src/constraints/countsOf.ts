import { abs, expandDims, greater, less, mul, or, stopGradient, sub, sum } from '@variate/core/ops'
import type { Numbers } from '../distribution.ts'
import { anyEntry } from './anyEntry.ts'
import type { Constraint } from './constraint.ts'
import { firstUnit } from './firstUnit.ts'
import { hasFraction } from './hasFraction.ts'
import { endTensor, endText, toEnd, widest } from './toEnd.ts'

/**
 * Vectors of whole numbers ≥ 0 whose sum is `total`: how often each category came up in so many trials.
 *
 * @param total a whole number ≥ 0, or one for each of a batch.
 */
export function countsOf(total: Numbers): Constraint {
  const end = toEnd(total, 'countsOf: total')
  return Object.freeze({
    name: 'countsOf',
    description: `whole numbers ≥ 0 with sum ${endText(end, 'total')}`,
    eventRank: 1,
    isDiscrete: true,
    violation: (event: ArrayLike<number>) => {
      let found = 0
      for (let i = 0; i < event.length; i++) {
        if (!(Number.isInteger(event[i]) && event[i]! >= 0)) return `${event[i]} in entry ${i}`
        found += event[i]!
      }
      const isSum = found >= widest(end, Math.min) && found <= widest(end, Math.max)
      return isSum ? undefined : `the sum ${found}`
    },
    outside: (x) =>
      or(anyEntry(or(less(x, 0), hasFraction(x))), greater(abs(sub(sum(x, -1), endTensor(end))), 0)),
    inside: ([length]) => stopGradient(mul(expandDims(endTensor(end), -1), firstUnit(length!))),
  } satisfies Constraint)
}
