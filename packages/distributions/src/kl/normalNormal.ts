import { add, div, expm1, log, mul, square, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log(σq/σp) + ((σp/σq)² − 1 + ((μp − μq)/σq)²)/2. */
export function normalNormal(p: Resolved<'loc' | 'scale'>, q: Resolved<'loc' | 'scale'>): Real {
  const logRatio = log(div(p.scale, q.scale))
  const z = div(sub(p.loc, q.loc), q.scale)
  return add(mul(0.5, sub(expm1(mul(2, logRatio)), mul(2, logRatio))), mul(0.5, square(z)))
}
