import { add, log, mul, sub, type Real } from '@variate/core/ops'
import type { Capabilities } from '../distribution.ts'
import type { Resolved } from '../define.ts'

/** λ·E x − log λ − H(p), of any positive p. */
export function toExponential(
  _: unknown,
  q: Resolved<'rate'>,
  p: Pick<Capabilities, 'mean' | 'entropy'>,
): Real {
  return sub(mul(q.rate, p.mean()), add(log(q.rate), p.entropy()))
}
