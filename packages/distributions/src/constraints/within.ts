import type { Tensor } from '@tensorflow/tfjs-core'
import { floor, maximum, minimum, neg, or, stopGradient } from '@variate/core/ops'
import type { Numbers, Shape } from '../distribution.ts'
import type { Constraint } from './constraint.ts'
import { interval } from './interval.ts'
import { endTensor, toEnd } from './toEnd.ts'

/** The ends of sets that their names tell. */
const ENDS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  real: [-Infinity, Infinity],
  positive: [0, Infinity],
  nonnegative: [0, Infinity],
  unitInterval: [0, 1],
  unitIntervalAboveZero: [0, 1],
  unitIntervalBelowOne: [0, 1],
}

/** What is in a set of numbers and in [low, high]: an interval where both ends are known. */
export function within(set: Constraint, low: Numbers, high: Numbers): Constraint {
  const [least, most] = ENDS[set.name] ?? [set.low ?? NaN, set.high ?? NaN]
  if (least === -Infinity && most === Infinity) return interval(low, high)
  const ends = interval(low, high)
  if (typeof low === 'number' && typeof high === 'number' && isNumber(least) && isNumber(most)) {
    return interval(Math.max(low, least), Math.min(high, most))
  }
  return Object.freeze({
    name: 'within',
    description: `${set.description} and ${ends.description}`,
    eventRank: 0,
    isDiscrete: set.isDiscrete,
    violation: (event: ArrayLike<number>, eventShape: Shape) =>
      set.violation(event, eventShape) ?? ends.violation(event, eventShape),
    outside: (x: Tensor) => {
      const outside = set.outside(x)
      const beyond = ends.outside(x)!
      return outside ? or(outside, beyond) : beyond
    },
    inside: (eventShape: Shape) => {
      if (!set.isDiscrete) return ends.inside(eventShape)
      const [a, b] = [low, high].map((end) => endTensor(toEnd(end, 'within'))) as [Tensor, Tensor]
      return stopGradient(minimum(maximum(set.inside(eventShape), neg(floor(neg(a)))), floor(b)))
    },
  })
}

function isNumber(x: unknown): x is number {
  return typeof x === 'number' && !Number.isNaN(x)
}
