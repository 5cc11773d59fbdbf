import { add, div, equal, log, mul, sub, where, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** λp·log(λp/λq) + λq − λp. */
export function poissonPoisson(p: Resolved<'rate'>, q: Resolved<'rate'>): Real {
  const [rate, other] = [p.rate, q.rate]
  const isZero = equal(rate, 0)
  return where(isZero, other, add(mul(rate, log(div(where(isZero, 1, rate), other))), sub(other, rate)))
}
