import { and, greaterEqual, lessEqual, log, sub, where, type Real } from '@variate/core/ops'
import type { Capabilities } from '../distribution.ts'
import type { Resolved } from '../define.ts'

/** log(high − low) − H(p), of any p on [0, 1]; ∞ where an end lies within. */
export function toUniform(_: unknown, q: Resolved<'high' | 'low'>, p: Pick<Capabilities, 'entropy'>): Real {
  const isInside = and(lessEqual(q.low, 0), greaterEqual(q.high, 1))
  return where(isInside, sub(log(sub(q.high, q.low)), p.entropy()), Infinity)
}
