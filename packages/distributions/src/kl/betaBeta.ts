import { add, digammaDifference, lbeta, mul, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log B(aq, bq) − log B(ap, bp) + (ap − aq)·ψ(ap) + (bp − bq)·ψ(bp) − (ap + bp − aq − bq)·ψ(ap + bp). */
export function betaBeta(
  p: Resolved<'concentration0' | 'concentration1'>,
  q: Resolved<'concentration0' | 'concentration1'>,
): Real {
  const [ap, aq] = [p.concentration1, q.concentration1]
  const [bp, bq] = [p.concentration0, q.concentration0]
  const meanLogs = add(
    mul(sub(aq, ap), digammaDifference(ap, bp)),
    mul(sub(bq, bp), digammaDifference(bp, ap)),
  )
  return add(sub(lbeta(aq, bq), lbeta(ap, bp)), meanLogs)
}
