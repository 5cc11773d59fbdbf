import { add, mul, sub, tiltCumulant, type Real } from '@variate/core/ops'
import type { Capabilities } from '../distribution.ts'
import { logitsOf } from '../odds.ts'
import type { Weighted } from './outcomes.ts'

/** A(t) − t·E x − H(p), t the logit and A(t) = log((eᵗ − 1)/t), of any p on [0, 1]. */
export function toContinuousBernoulli(
  _: unknown,
  q: Weighted,
  p: Pick<Capabilities, 'mean' | 'entropy'>,
): Real {
  const t = logitsOf(q)
  return sub(tiltCumulant(0, t), add(mul(t, p.mean()), p.entropy()))
}
