import { add, div, exp, log, sub, type Real } from '@variate/core/ops'
import type { Capabilities } from '../distribution.ts'
import type { Resolved } from '../define.ts'

/** log β + (E x − μ)/β + E e^(−(x − μ)/β) − H(p), of any p. */
export function toGumbel(
  logMeanExp: (slope: Real) => Real,
  q: Resolved<'loc' | 'scale'>,
  p: Pick<Capabilities, 'mean' | 'entropy'>,
): Real {
  const tail = exp(add(div(q.loc, q.scale), logMeanExp(div(-1, q.scale))))
  return add(sub(log(q.scale), p.entropy()), add(div(sub(p.mean(), q.loc), q.scale), tail))
}
