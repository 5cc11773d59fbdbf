import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'

// In float64: the interval from a to a + w, as core tells it.

/** Whether points are told by their excess over the middle. */
export function truncatedIsNarrow(l: Lanes, a: Value, w: Value): Value {
  return l.le(l.mul(w, l.max(l.constant(1), l.add(a, w))), l.constant(2))
}

/** Whether points are told by themselves: their excess over 0. */
export function truncatedIsWide(l: Lanes, a: Value, w: Value): Value {
  return l.not(l.either(truncatedIsNarrow(l, a, w), l.gt(a, l.constant(0))))
}

/** What points are told by their excess over: the middle of a narrow interval, 0 in a wide one, the near end of a tail. */
export function truncatedOrigin(l: Lanes, a: Value, w: Value): Value {
  const ofFar = l.select(l.gt(a, l.constant(0)), a, l.constant(0))
  return l.select(truncatedIsNarrow(l, a, w), l.add(a, l.mul(l.constant(0.5), w)), ofFar)
}
