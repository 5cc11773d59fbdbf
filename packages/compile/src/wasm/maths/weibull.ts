import { WEIBULL_SERIES } from '@variate/core/internal'
import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { horner } from './horner.ts'
import { lgamma } from './lgamma.ts'
import { lgammaOnePlus } from './lgammaOnePlus.ts'

// In float64.

/** log Γ(1 + 2/k) − 2·log Γ(1 + 1/k), by its series where k is large. */
export function weibullLogMomentRatio(l: Lanes, k: Value): Value {
  const one = l.constant(1)
  const t = l.div(one, k)
  const twice = l.add(t, t)
  const whole = l.sub(lgamma(l, l.add(one, twice)), double(l, lgamma(l, l.add(one, t))))
  // Each term is exact beside t while the difference is of order t².
  const parts = l.sub(lgammaOnePlus(l, twice), double(l, lgammaOnePlus(l, t)))
  const far = l.select(l.both(l.ge(t, l.constant(0)), l.lt(twice, one)), parts, whole)
  const near = l.mul(l.mul(t, t), horner(l, WEIBULL_SERIES, t))
  return l.select(l.lt(t, l.constant(0.01)), near, far)
}

function double(l: Lanes, x: Value): Value {
  return l.add(x, x)
}
