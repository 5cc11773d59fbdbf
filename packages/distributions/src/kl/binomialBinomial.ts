import { equal, mul, where, type Real } from '@variate/core/ops'
import { bernoulliBernoulli } from './bernoulliBernoulli.ts'
import type { Weighted } from './outcomes.ts'

/** n·KL of one trial, for equal totals n; NaN for others, where there is no closed form. */
export function binomialBinomial(
  p: Weighted & { readonly total: Real },
  q: Weighted & { readonly total: Real },
): Real {
  return where(equal(p.total, q.total), mul(p.total, bernoulliBernoulli(p, q)), NaN)
}
