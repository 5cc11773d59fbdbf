import { div, type Real } from '@variate/core/ops'
import { bernoulliBernoulli } from './bernoulliBernoulli.ts'
import { successAndFailure, type Weighted } from './outcomes.ts'

/** KL of one trial times the mean number of trials, 1/π. */
export function geometricGeometric(p: Weighted, q: Weighted): Real {
  return div(bernoulliBernoulli(p, q), successAndFailure(p)[0].probability)
}
