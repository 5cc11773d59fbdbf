import { add, mul, sub, type Real } from '@variate/core/ops'
import { tiltCumulant } from '@variate/core/internal'
import { logitsOf } from '../odds.ts'
import type { Weighted } from './outcomes.ts'

/** (t − t′)·A′(t) − A(t) + A(t′), t the logit and A(t) = log((eᵗ − 1)/t), whose derivative is the mean. */
export function continuousBernoulliContinuousBernoulli(p: Weighted, q: Weighted): Real {
  const [t, other] = [logitsOf(p), logitsOf(q)]
  const mean = tiltCumulant(1, t)
  return add(mul(sub(t, other), mean), sub(tiltCumulant(0, other), tiltCumulant(0, t)))
}
