import { div, log, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log(λp/λq) + λq/λp − 1. */
export function exponentialExponential(p: Resolved<'rate'>, q: Resolved<'rate'>): Real {
  const ratio = div(q.rate, p.rate)
  return sub(sub(ratio, 1), log(ratio))
}
