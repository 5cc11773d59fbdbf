import { abs, add, equal, lessEqual, or, stopGradient } from '@variate/core/ops'
import type { Numbers } from '../distribution.ts'
import type { Constraint } from './constraint.ts'
import { endTensor, endText, toEnd, widest } from './toEnd.ts'
import { scalar } from './scalar.ts'

/** x > low. A `low` that is an array or a tensor broadcasts against x. */
export function greaterThan(low: Numbers): Constraint {
  const end = toEnd(low, 'greaterThan: low')
  const set = scalar({
    name: 'greaterThan',
    description: `> ${endText(end, 'low')}`,
    contains: (x) => x > widest(end, Math.min) && x < Infinity,
    outside: (x) => or(lessEqual(x, endTensor(end)), equal(x, Infinity)),
    inside: 0,
  })
  // Twice as far from 0, so that rounding never leads back to the end.
  return Object.freeze({
    ...set,
    low: end,
    inside: () => stopGradient(add(endTensor(end), add(abs(endTensor(end)), 1))),
  })
}
