import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { tanh } from './sigmoid.ts'

// In float64.

/** t·coth(t) − 1: for |t| ≤ 2 by the continued fraction t²/(3 + t²/(5 + t²/(7 + …))). */
export function cothExcess(l: Lanes, t: Value): Value {
  const square = l.mul(t, t)
  const near = [25, 23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3].reduce(
    (tail, k) => l.div(square, l.add(l.constant(k), tail)),
    l.constant(0),
  )
  const far = l.sub(l.div(t, tanh(l, t)), l.constant(1))
  return l.select(l.gt(l.abs(t), l.constant(2)), far, near)
}

/** Its derivative y′, from t·y′ = t² − y − y². */
export function cothExcessSlope(l: Lanes, t: Value): Value {
  const y = cothExcess(l, t)
  const slope = l.div(l.sub(l.sub(l.mul(t, t), y), l.mul(y, y)), t)
  return l.select(l.eq(t, l.constant(0)), l.constant(0), slope)
}
