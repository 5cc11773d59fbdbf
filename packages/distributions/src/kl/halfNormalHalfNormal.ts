import { div, expm1, log, mul, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log(σq/σp) + ((σp/σq)² − 1)/2. */
export function halfNormalHalfNormal(p: Resolved<'scale'>, q: Resolved<'scale'>): Real {
  const logRatio = log(div(p.scale, q.scale))
  return sub(mul(0.5, expm1(mul(2, logRatio))), logRatio)
}
