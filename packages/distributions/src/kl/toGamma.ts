import { add, exp, expm1, log, logGammaDensity, mul, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'
import type { Capabilities } from '../distribution.ts'

/**
 * log Γ(a) − a·log b − (a − 1)·E log x + b·E x − H(p), of any positive p.
 *
 * It is that with x0 = exp(E log x) in place of x, and b·(E x − x0): rounding errors do not grow with a.
 *
 * @param logRatio log E x − E log x.
 */
export function toGamma(
  meanLog: Real,
  q: Resolved<'concentration' | 'rate'>,
  p: Pick<Capabilities, 'mean' | 'entropy'>,
  logRatio: Real = sub(log(p.mean()), meanLog),
): Real {
  const x0 = mul(q.rate, exp(meanLog))
  const excess = sub(mul(x0, expm1(logRatio)), logGammaDensity(q.concentration, x0))
  return sub(excess, add(log(q.rate), p.entropy()))
}
