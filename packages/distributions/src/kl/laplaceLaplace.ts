import { abs, add, div, expm1, log, mul, neg, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log(bq/bp) + (bp·exp(−|mp − mq|/bp) + |mp − mq|)/bq − 1. */
export function laplaceLaplace(p: Resolved<'loc' | 'scale'>, q: Resolved<'loc' | 'scale'>): Real {
  const d = abs(sub(p.loc, q.loc))
  const ratio = div(p.scale, q.scale)
  const excess = add(mul(ratio, expm1(neg(div(d, p.scale)))), div(d, q.scale))
  return add(excess, sub(sub(ratio, 1), log(ratio)))
}
