import { and, div, greaterEqual, lessEqual, log, sub, where, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log of the ratio of the widths where p lies inside q; ∞ elsewhere. */
export function uniformUniform(p: Resolved<'high' | 'low'>, q: Resolved<'high' | 'low'>): Real {
  const isInside = and(greaterEqual(p.low, q.low), lessEqual(p.high, q.high))
  return where(isInside, log(div(sub(q.high, q.low), sub(p.high, p.low))), Infinity)
}
