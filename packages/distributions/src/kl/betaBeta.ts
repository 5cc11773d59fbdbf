import { add, sub, type Real } from '@variate/core/ops'
import { lgammaDivergence } from '@variate/core/internal'
import type { Resolved } from '../define.ts'

type Parameters = Resolved<'concentration1' | 'concentration0'>

/** d(ap, aq) + d(bp, bq) − d(ap + bp, aq + bq), d(a, b) = log Γ(b) − log Γ(a) − (b − a)·ψ(a). */
export function betaBeta(p: Parameters, q: Parameters): Real {
  const ones = lgammaDivergence(p.concentration1, q.concentration1)
  const zeros = lgammaDivergence(p.concentration0, q.concentration0)
  const [totalP, totalQ] = [add(p.concentration1, p.concentration0), add(q.concentration1, q.concentration0)]
  return sub(add(ones, zeros), lgammaDivergence(totalP, totalQ))
}
