import { LGAMMA_DENOMINATOR, LGAMMA_NUMERATOR } from '@variate/core/internal'
import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { horner } from './horner.ts'
import { log1p } from './log.ts'

/** log Γ(1 + x) for 0 ≤ x < 1, exact beside x. In float64. */
export function lgammaOnePlus(l: Lanes, x: Value): Value {
  const isSmall = l.lt(x, l.constant(0.5))
  const z = l.select(isSmall, x, l.sub(x, l.constant(1)))
  const near = l.div(l.mul(z, horner(l, LGAMMA_NUMERATOR, z)), horner(l, LGAMMA_DENOMINATOR, z))
  return l.select(isSmall, l.sub(near, log1p(l, x)), near)
}
