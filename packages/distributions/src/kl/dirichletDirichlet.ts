import type { Tensor } from '@tensorflow/tfjs-core'
import { sub, sum, type Real } from '@variate/core/ops'
import { lgammaDivergence } from '@variate/core/internal'
import type { Resolved } from '../define.ts'

/** Σ d(ap, aq) − d(Ap, Aq), A the sum over the axis, d(a, b) = log Γ(b) − log Γ(a) − (b − a)·ψ(a). */
export function dirichletDirichlet(p: Resolved<'concentration'>, q: Resolved<'concentration'>): Real {
  const [ap, aq] = [p.concentration as Tensor, q.concentration as Tensor]
  return sub(sum(lgammaDivergence(ap, aq), -1), lgammaDivergence(sum(ap, -1), sum(aq, -1)))
}
