import { add, type Real } from '@variate/core/ops'
import { divergenceTerm, successAndFailure, type Weighted } from './outcomes.ts'

/** π·log(π/π′) + (1 − π)·log((1 − π)/(1 − π′)). */
export function bernoulliBernoulli(p: Weighted, q: Weighted): Real {
  const [success, failure] = successAndFailure(p)
  const [otherSuccess, otherFailure] = successAndFailure(q)
  return add(divergenceTerm(success, otherSuccess), divergenceTerm(failure, otherFailure))
}
