import { add, div, greater, log, mul, sub, where, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log(α/(mλ)) − 1/α − 1 + λ·E x, with mean αm/(α − 1), ∞ for α ≤ 1. */
export function paretoExponential(p: Resolved<'alpha' | 'scale'>, q: Resolved<'rate'>): Real {
  const a = p.alpha
  const hasMean = greater(a, 1)
  const scaled = mul(q.rate, p.scale)
  const mean = where(hasMean, mul(scaled, div(a, sub(where(hasMean, a, 2), 1))), Infinity)
  return add(sub(log(div(a, scaled)), add(div(1, a), 1)), mean)
}
