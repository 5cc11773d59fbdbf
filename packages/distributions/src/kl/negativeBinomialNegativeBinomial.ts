import { div, equal, mul, where, type Real } from '@variate/core/ops'
import { bernoulliBernoulli } from './bernoulliBernoulli.ts'
import { successAndFailure, type Weighted } from './outcomes.ts'

/** KL of one trial times the mean number of trials, r/(1 − π), for equal totals r; NaN for others. */
export function negativeBinomialNegativeBinomial(
  p: Weighted & { readonly total: Real },
  q: Weighted & { readonly total: Real },
): Real {
  const trials = div(p.total, successAndFailure(p)[1].probability)
  return where(equal(p.total, q.total), mul(trials, bernoulliBernoulli(p, q)), NaN)
}
