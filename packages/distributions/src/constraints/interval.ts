import {
  add,
  div,
  greater,
  isFinite,
  isInfinite,
  less,
  or,
  stopGradient,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import type { Numbers } from '../distribution.ts'
import type { Constraint } from './constraint.ts'
import { endTensor, endText, toEnd, widest } from './toEnd.ts'
import { scalar } from './scalar.ts'

/**
 * low ≤ x ≤ high. Ends that are arrays or tensors broadcast against x; ends may be infinite.
 *
 * @param low the lower end, below `high`.
 * @param high the upper end.
 */
export function interval(low: Numbers, high: Numbers): Constraint {
  const a = toEnd(low, 'interval: low')
  const b = toEnd(high, 'interval: high')
  const isBounded = [a, b].every(Number.isFinite)
  const set = scalar({
    name: 'interval',
    description: `in [${endText(a, 'low')}, ${endText(b, 'high')}]`,
    // An end itself is inside as float32 rounds it, too, which tensors of values do.
    contains: (x) => {
      const [least, most] = [widest(a, Math.min), widest(b, Math.max)]
      return (
        x >= Math.min(least, Math.fround(least)) &&
        x <= Math.max(most, Math.fround(most)) &&
        Number.isFinite(x)
      )
    },
    outside: (x) => {
      const beyond = or(less(x, endTensor(a)), greater(x, endTensor(b)))
      return isBounded ? beyond : or(beyond, isInfinite(x))
    },
    inside: 0,
  })
  const middle = (): Real => {
    const [l, h] = [a, b].map((end) => (typeof end === 'number' ? end : endTensor(end))) as [Real, Real]
    const oneSided = where(isFinite(l), add(l, 1), where(isFinite(h), sub(h, 1), 0))
    const isBounded = isFinite(sub(h, l))
    return stopGradient(where(isBounded, add(div(l, 2), div(h, 2)), oneSided))
  }
  return Object.freeze({ ...set, low: a, high: b, inside: middle })
}
