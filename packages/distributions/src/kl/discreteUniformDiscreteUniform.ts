import { add, and, div, greaterEqual, lessEqual, log, sub, where, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log of the ratio of the numbers of values where p lies inside q; ∞ elsewhere. */
export function discreteUniformDiscreteUniform(
  p: Resolved<'low' | 'high'>,
  q: Resolved<'low' | 'high'>,
): Real {
  const isInside = and(greaterEqual(p.low, q.low), lessEqual(p.high, q.high))
  return where(isInside, log(div(count(q), count(p))), Infinity)
}

function count({ low, high }: Resolved<'low' | 'high'>): Real {
  return add(sub(high, low), 1)
}
