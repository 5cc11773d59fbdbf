import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  and,
  greater,
  isFinite,
  isInfinite,
  less,
  log,
  log1mexp,
  or,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import type { Able } from './combine.ts'
import type { Capabilities, Distribution } from './distribution.ts'
import { logTailsOf } from './logTails.ts'

/** Below, the derivatives of the logarithm of a probability lose digits. */
const FAR = 1e-4

/** What of a distribution of numbers is below, above and between points, which may be infinite. */
export interface TailMass {
  below(x: Tensor): Real
  above(x: Tensor): Real
  /** P(a < X ≤ b), from the upper tail where `isUpper`. */
  between(a: Tensor, b: Tensor, isUpper: Real): Real
  /** Its logarithm, of which `mass` is what is between: also where that underflows, if formulas are known. */
  logBetween(a: Tensor, b: Tensor, isUpper: Real, mass: Real): Real
}

export function tailMass(base: Distribution & Pick<Capabilities, 'cdf'>): TailMass {
  const { survival } = base as Able
  const inside = (isAsked: Real, x: Real): Tensor => where(isAsked, x, base.support.inside([])) as Tensor
  /** A probability at x: formulas need not have derivatives at infinity. */
  const at = (of: (x: Tensor) => Real, x: Tensor, isAll: Real): Real => {
    const isEnd = isInfinite(x)
    return where(isEnd, isAll, of(inside(sub(1, isEnd), x)))
  }
  const below = (x: Tensor): Real => at((y) => base.cdf(y), x, greater(x, 0))
  const above = (x: Tensor): Real => (survival ? at(survival, x, less(x, 0)) : sub(1, below(x)))

  /** log(P(near) − P(far)) of tails, `tail` their logarithm, where it is asked for. */
  function logDifference(tail: (x: Real) => Real, isAsked: Real, near: Real, far: Real): Real {
    const whole = tail(inside(isAsked, near))
    const hasFar = and(isAsked, isFinite(far))
    const step = where(hasFar, sub(tail(inside(hasFar, far)), whole), -1)
    return add(whole, where(hasFar, log1mexp(step), 0))
  }

  return {
    below,
    above,
    between: (a, b, isUpper) => where(isUpper, sub(above(a), above(b)), sub(below(b), below(a))),
    logBetween: (a, b, isUpper, mass) => {
      const { lower, upper } = logTailsOf(base)
      const isHigh = upper ? less(mass, where(isUpper, FAR, 0)) : 0
      const isLow = lower ? less(mass, where(isUpper, 0, FAR)) : 0
      const usual = log(where(or(isLow, isHigh), 1, mass))
      const ofLow = lower ? where(isLow, logDifference(lower, isLow, b, a), usual) : usual
      return upper ? where(isHigh, logDifference(upper, isHigh, a, b), ofLow) : ofLow
    },
  }
}
