import type { Tensor } from '@tensorflow/tfjs-core'
import { add, digamma, expandDims, lgamma, mul, sub, sum, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log Γ(Ap) − log Γ(Aq) + Σ (log Γ(aq) − log Γ(ap) + (ap − aq)·(ψ(ap) − ψ(Ap))), A the sum over the axis. */
export function dirichletDirichlet(p: Resolved<'concentration'>, q: Resolved<'concentration'>): Real {
  const [ap, aq] = [p.concentration as Tensor, q.concentration as Tensor]
  const [totalP, totalQ] = [sum(ap, -1), sum(aq, -1)]
  const meanLog = sub(digamma(ap), expandDims(digamma(totalP), -1))
  const terms = add(sub(lgamma(aq), lgamma(ap)), mul(sub(ap, aq), meanLog))
  return add(sub(lgamma(totalP), lgamma(totalQ)), sum(terms, -1))
}
