import { add, greater, less, maximum, minimum, or, stopGradient, sub } from '@variate/core/ops'
import type { Numbers } from '../distribution.ts'
import type { Constraint } from './constraint.ts'
import { hasFraction } from './hasFraction.ts'
import { endTensor, toEnd } from './toEnd.ts'

/** The numbers of successes that are possible: from max(0, draws + successes − total) to min(draws, successes). */
export function hypergeometricRange(total: Numbers, successes: Numbers, draws: Numbers): Constraint {
  const [t, s, d] = [total, successes, draws].map((x) => toEnd(x, 'hypergeometric')) as [
    ReturnType<typeof toEnd>,
    ReturnType<typeof toEnd>,
    ReturnType<typeof toEnd>,
  ]
  const isOne = typeof t === 'number' && typeof s === 'number' && typeof d === 'number'
  const low = isOne ? Math.max(0, d + s - t) : 0
  const high = isOne ? Math.min(d, s) : Infinity
  const least = () => maximum(sub(add(endTensor(d), endTensor(s)), endTensor(t)), 0)
  return Object.freeze({
    name: 'hypergeometricRange',
    description: 'a whole number that is possible',
    eventRank: 0,
    isDiscrete: true,
    violation: ({ 0: x }: ArrayLike<number>) =>
      Number.isInteger(x) && x! >= low && x! <= high ? undefined : String(x),
    outside: (x) => or(or(less(x, least()), greater(x, minimum(endTensor(d), endTensor(s)))), hasFraction(x)),
    inside: () => stopGradient(least()),
  } satisfies Constraint)
}
