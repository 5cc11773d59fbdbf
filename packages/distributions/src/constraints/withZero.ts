import { and, notEqual } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'

/** A set of numbers, and 0. */
export function withZero(set: Constraint): Constraint {
  if (set.violation([0], []) === undefined) return set
  return Object.freeze({
    ...set,
    name: `withZero(${set.name})`,
    description: `0 or ${set.description}`,
    violation: (event, shape) => (event[0] === 0 ? undefined : set.violation(event, shape)),
    outside: (x) => {
      const outside = set.outside(x)
      return outside && (and(notEqual(x, 0), outside) as typeof x)
    },
    inside: () => 0,
  } satisfies Constraint)
}
