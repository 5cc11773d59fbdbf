import { add, div, log, mul, sub, type Real } from '@variate/core/ops'
import { lgammaDivergence } from '@variate/core/internal'
import type { Resolved } from '../define.ts'

/** (ap − aq)·ψ(ap) − log Γ(ap) + log Γ(aq) + aq·log(bp/bq) + ap·(bq/bp − 1); also of inverse gammas. */
export function gammaGamma(
  p: Resolved<'concentration' | 'rate'>,
  q: Resolved<'concentration' | 'rate'>,
): Real {
  const rate = div(q.rate, p.rate)
  const scaling = sub(mul(p.concentration, sub(rate, 1)), mul(q.concentration, log(rate)))
  return add(lgammaDivergence(p.concentration, q.concentration), scaling)
}
