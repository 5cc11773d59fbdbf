import type { Tensor } from '@tensorflow/tfjs-core'
import { equal, expandDims, gather, isTensor, not, sum } from '@variate/core/ops'
import type { Shape } from '../distribution.ts'
import type { Constraint } from './constraint.ts'

/** Sets that have ends, a point or a base of their own may differ within a batch; those known by name alone do not. */
const SAME = [
  'real',
  'positive',
  'nonnegative',
  'unitInterval',
  'unitIntervalAboveZero',
  'unitIntervalBelowOne',
  'boolean',
  'integer',
  'nonnegativeInteger',
  'realVector',
  'realMatrix',
  'positiveVector',
  'simplex',
  'ordered',
  'lowerCholesky',
  'correlationCholesky',
  'positiveDefinite',
]

/** What is in a set for at least one element of the last axis of its batch. */
export function anyOfBatch(set: Constraint): Constraint {
  if (isSame(set)) return set
  const { eventRank } = set
  return Object.freeze({
    name: 'anyOfBatch',
    description: set.description,
    eventRank,
    isDiscrete: set.isDiscrete,
    violation: (event: ArrayLike<number>, eventShape: Shape) => set.violation(event, eventShape),
    outside: (x: Tensor) => {
      const outside = set.outside(expandDims(x, -1 - eventRank))
      return outside && equal(sum(not(outside), -1), 0)
    },
    inside: (eventShape: Shape) => {
      const one = set.inside(eventShape)
      return isTensor(one) && one.rank > eventRank ? gather(one, 0, one.rank - 1 - eventRank) : one
    },
  })
}

function isSame(set: Constraint): boolean {
  if (SAME.includes(set.name)) return true
  if ('base' in set && set.name === 'independent') return isSame(set.base as Constraint)
  const ends = [set.low, set.high].filter((end) => end !== undefined)
  return ends.length > 0 && ends.every((end) => typeof end === 'number')
}
