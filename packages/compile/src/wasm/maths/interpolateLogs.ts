import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { pow } from './pow.ts'

// In float64.

/** a·(b/a)ᵗ, from the nearer end. */
export function interpolateLogs(l: Lanes, t: Value, a: Value, b: Value): Value {
  const isNear = l.lt(t, l.constant(0.5))
  const from = l.select(isNear, a, b)
  const way = l.select(isNear, t, l.sub(l.constant(1), t))
  return l.mul(from, pow(l, l.div(l.select(isNear, b, a), from), way))
}
