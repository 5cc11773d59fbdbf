import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'

/** A number ≥ 0 with the sign of x, as an odd function has it. */
export function copySign(l: Lanes, size: Value, x: Value): Value {
  if (l.primitives) return l.primitives.copySign(size, x)
  return l.fromBits(l.or(l.toBits(size), l.and(l.toBits(x), l.toBits(l.constant(-0)))))
}
