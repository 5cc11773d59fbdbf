import { abs, add, equal, greaterEqual, or, stopGradient, sub } from '@variate/core/ops'
import type { Numbers } from '../distribution.ts'
import type { Constraint } from './constraint.ts'
import { endTensor, endText, toEnd, widest } from './toEnd.ts'
import { scalar } from './scalar.ts'

/** x < high. A `high` that is an array or a tensor broadcasts against x. */
export function lessThan(high: Numbers): Constraint {
  const end = toEnd(high, 'lessThan: high')
  const set = scalar({
    name: 'lessThan',
    description: `< ${endText(end, 'high')}`,
    contains: (x) => x < widest(end, Math.max) && x > -Infinity,
    outside: (x) => or(greaterEqual(x, endTensor(end)), equal(x, -Infinity)),
    inside: 0,
  })
  // Twice as far from 0, so that rounding never leads back to the end.
  return Object.freeze({
    ...set,
    high: end,
    inside: () => stopGradient(sub(endTensor(end), add(abs(endTensor(end)), 1))),
  })
}
