import { add, digamma, div, lgamma, log, mul, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** (ap − aq)·ψ(ap) − log Γ(ap) + log Γ(aq) + aq·log(bp/bq) + ap·(bq/bp − 1); also of inverse gammas. */
export function gammaGamma(
  p: Resolved<'concentration' | 'rate'>,
  q: Resolved<'concentration' | 'rate'>,
): Real {
  const [ap, aq] = [p.concentration, q.concentration]
  const rate = div(q.rate, p.rate)
  const shape = add(mul(sub(ap, aq), digamma(ap)), sub(lgamma(aq), lgamma(ap)))
  return add(shape, sub(mul(ap, sub(rate, 1)), mul(aq, log(rate))))
}
