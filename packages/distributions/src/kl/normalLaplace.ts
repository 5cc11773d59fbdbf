import { add, div, erf, exp, log, mul, square, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

const SQRT_TWO_OVER_PI = 0.7978845608028654
const HALF_LOG_TWO_PI_E = 1.4189385332046727

/** log(2b) + E|x − m|/b − H(p), with the mean of a folded normal: E|x − m| = 2σφ(z) + (μ − m)·(2Φ(z) − 1), z = (μ − m)/σ. */
export function normalLaplace(p: Resolved<'loc' | 'scale'>, q: Resolved<'loc' | 'scale'>): Real {
  const gap = sub(p.loc, q.loc)
  const z = div(gap, p.scale)
  const bell = mul(SQRT_TWO_OVER_PI, mul(p.scale, exp(mul(-0.5, square(z)))))
  const distance = add(bell, mul(gap, erf(mul(z, Math.SQRT1_2))))
  return add(add(log(div(q.scale, p.scale)), Math.LN2 - HALF_LOG_TWO_PI_E), div(distance, q.scale))
}
