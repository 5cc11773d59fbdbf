import { add, equal, less, or, stopGradient } from '@variate/core/ops'
import type { Numbers } from '../distribution.ts'
import type { Constraint } from './constraint.ts'
import { endTensor, endText, toEnd, widest } from './toEnd.ts'
import { scalar } from './scalar.ts'

/** x ≥ low. A `low` that is an array or a tensor broadcasts against x. */
export function atLeast(low: Numbers): Constraint {
  const end = toEnd(low, 'atLeast: low')
  const set = scalar({
    name: 'atLeast',
    description: `≥ ${endText(end, 'low')}`,
    contains: (x) => x >= widest(end, Math.min) && x < Infinity,
    outside: (x) => or(less(x, endTensor(end)), equal(x, Infinity)),
    inside: 0,
  })
  return Object.freeze({ ...set, low: end, inside: () => stopGradient(add(endTensor(end), 1)) })
}
