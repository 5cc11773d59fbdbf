import { add, div, greaterEqual, log, mul, sub, where, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log(αp/αq) + αq·log(mp/mq) + αq/αp − 1 where mp ≥ mq; ∞ elsewhere. */
export function paretoPareto(p: Resolved<'alpha' | 'scale'>, q: Resolved<'alpha' | 'scale'>): Real {
  const ratio = div(q.alpha, p.alpha)
  const isInside = greaterEqual(p.scale, q.scale)
  const power = mul(q.alpha, log(div(p.scale, q.scale)))
  return where(isInside, add(power, sub(sub(ratio, 1), log(ratio))), Infinity)
}
