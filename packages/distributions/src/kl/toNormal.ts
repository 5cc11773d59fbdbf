import { add, div, log, mul, square, sub, type Real } from '@variate/core/ops'
import type { Capabilities } from '../distribution.ts'
import type { Resolved } from '../define.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

/** log(σ√(2π)) + (Var x + (E x − μ)²)/(2σ²) − H(p), of any p. */
export function toNormal(
  _: unknown,
  q: Resolved<'loc' | 'scale'>,
  p: Pick<Capabilities, 'mean' | 'variance' | 'entropy'>,
): Real {
  const z = div(sub(p.mean(), q.loc), q.scale)
  const spread = add(square(z), div(p.variance(), square(q.scale)))
  return add(sub(log(q.scale), p.entropy()), add(mul(0.5, spread), HALF_LOG_TWO_PI))
}
