import { greater, less, or, stopGradient } from '@variate/core/ops'
import type { Numbers } from '../distribution.ts'
import type { Constraint } from './constraint.ts'
import { endTensor, endText, toEnd, widest } from './toEnd.ts'
import { hasFraction } from './hasFraction.ts'
import { scalar } from './scalar.ts'

/**
 * low, low + 1, …, high. Ends that are arrays or tensors broadcast against x.
 *
 * @param low the least, a whole number.
 * @param high the greatest, a whole number.
 */
export function integerInterval(low: Numbers, high: Numbers): Constraint {
  const a = toEnd(low, 'integerInterval: low')
  const b = toEnd(high, 'integerInterval: high')
  const set = scalar({
    name: 'integerInterval',
    description: `a whole number from ${endText(a, 'low')} to ${endText(b, 'high')}`,
    isDiscrete: true,
    contains: (x) => Number.isInteger(x) && x >= widest(a, Math.min) && x <= widest(b, Math.max),
    outside: (x) => or(or(less(x, endTensor(a)), greater(x, endTensor(b))), hasFraction(x)),
    inside: 0,
  })
  return Object.freeze({ ...set, inside: () => (typeof a === 'number' ? a : stopGradient(endTensor(a))) })
}
