import type { Formula } from '../inDouble.ts'
import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'

// In float64: which origin the standard normal distribution on [a, a + w] has.

/** Whether it is the middle of the interval. */
export const truncatedNormalIsNarrow: Formula = (l, a, w) => {
  const furthest = l.max(l.constant(1), l.add(a!, w!))
  return l.le(l.mul(w!, furthest), l.constant(2))
}

/** Whether it is 0. */
export const truncatedNormalIsWide: Formula = (l, a, w) =>
  l.both(l.not(truncatedNormalIsNarrow(l, a!, w!)), l.not(l.gt(a!, l.constant(0))))

/** The middle of a narrow interval, 0 inside a wide one, the near end of one in a tail. */
export function truncatedNormalOrigin(l: Lanes, a: Value, w: Value): Value {
  const far = l.select(l.gt(a, l.constant(0)), a, l.constant(0))
  return l.select(truncatedNormalIsNarrow(l, a, w), l.add(a, l.mul(l.constant(0.5), w)), far)
}
