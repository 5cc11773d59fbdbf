import {
  add,
  and,
  div,
  greaterEqual,
  lbeta,
  lessEqual,
  log,
  mul,
  sub,
  where,
  xlogy,
  type Real,
} from '@variate/core/ops'
import type { Resolved } from '../define.ts'

type Ends = Resolved<'high' | 'low'>

/** −log(high − low) − E log q, for [low, high] inside [0, 1]; ∞ elsewhere. */
export function uniformBeta(p: Ends, q: Resolved<'concentration0' | 'concentration1'>): Real {
  return ifWithin(1, p, ({ low, high }) => {
    const ones = mul(sub(q.concentration1, 1), meanLog(low, high))
    const zeros = mul(sub(q.concentration0, 1), meanLog(sub(1, high), sub(1, low)))
    return sub(lbeta(q.concentration1, q.concentration0), add(add(ones, zeros), log(sub(high, low))))
  })
}

/** What `f` gives of an interval within [0, end], of [0, 1] where it is not; ∞ there. */
export function ifWithin(end: number, { low, high }: Ends, f: (p: Ends) => Real): Real {
  const isWithin = and(greaterEqual(low, 0), lessEqual(high, end))
  return where(isWithin, f({ low: where(isWithin, low, 0), high: where(isWithin, high, 1) }), Infinity)
}

/** E log x between two ends ≥ 0. */
export function meanLog(low: Real, high: Real): Real {
  return sub(div(sub(xlogy(high, high), xlogy(low, low)), sub(high, low)), 1)
}
