import { add, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'
import { divergenceTerm, ofProbability, successAndFailure, type Weighted } from './outcomes.ts'

/** π·log(π/λ) + (1 − π)·log(1 − π) + λ. */
export function bernoulliPoisson(p: Weighted, { rate }: Resolved<'rate'>): Real {
  const [success, failure] = successAndFailure(p)
  return add(
    add(divergenceTerm(success, ofProbability(rate)), divergenceTerm(failure, ofProbability(1))),
    rate,
  )
}
