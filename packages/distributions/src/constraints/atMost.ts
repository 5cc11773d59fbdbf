import { equal, greater, or, stopGradient, sub } from '@variate/core/ops'
import type { Numbers } from '../distribution.ts'
import type { Constraint } from './constraint.ts'
import { endTensor, endText, toEnd, widest } from './toEnd.ts'
import { scalar } from './scalar.ts'

/** x ≤ high. A `high` that is an array or a tensor broadcasts against x. */
export function atMost(high: Numbers): Constraint {
  const end = toEnd(high, 'atMost: high')
  const set = scalar({
    name: 'atMost',
    description: `≤ ${endText(end, 'high')}`,
    contains: (x) => x <= widest(end, Math.max) && x > -Infinity,
    outside: (x) => or(greater(x, endTensor(end)), equal(x, -Infinity)),
    inside: 0,
  })
  return Object.freeze({ ...set, high: end, inside: () => stopGradient(sub(endTensor(end), 1)) })
}
