import type { Tensor } from '@tensorflow/tfjs-core'
import { and } from '@variate/core/ops'
import type { Shape } from '../distribution.ts'
import type { Constraint } from './constraint.ts'

/** What is in at least one of several sets with events of equal rank, all discrete or none. */
export function union(sets: readonly Constraint[]): Constraint {
  const first = sets[0]!
  if (sets.every((set) => set === first)) return first
  return Object.freeze({
    name: 'union',
    description: sets.map(({ description }) => description).join(' or '),
    eventRank: first.eventRank,
    isDiscrete: first.isDiscrete,
    violation: (event: ArrayLike<number>, eventShape: Shape) => {
      const found = sets.map((set) => set.violation(event, eventShape))
      return found.includes(undefined) ? undefined : found[0]
    },
    outside: (x: Tensor) => {
      const all = sets.map((set) => set.outside(x))
      const known = all.filter((outside) => outside !== undefined)
      return known.length < all.length ? undefined : known.reduce((a, b) => and(a, b))
    },
    inside: (eventShape: Shape) => first.inside(eventShape),
  })
}
