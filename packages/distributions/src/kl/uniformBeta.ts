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

/** −log(high − low) − E log q, for [low, high] inside [0, 1]; ∞ elsewhere. */
export function uniformBeta(
  p: Resolved<'high' | 'low'>,
  q: Resolved<'concentration0' | 'concentration1'>,
): Real {
  const [low, high] = [p.low, p.high]
  const isInside = and(greaterEqual(low, 0), lessEqual(high, 1))
  const [l, h] = [where(isInside, low, 0), where(isInside, high, 1)]
  const width = sub(h, l)
  const meanLog = sub(div(sub(xlogy(h, h), xlogy(l, l)), width), 1)
  const [k, j] = [sub(1, h), sub(1, l)]
  const meanLogRest = sub(div(sub(xlogy(j, j), xlogy(k, k)), width), 1)
  const likelihood = add(mul(sub(q.concentration1, 1), meanLog), mul(sub(q.concentration0, 1), meanLogRest))
  return where(
    isInside,
    sub(lbeta(q.concentration1, q.concentration0), add(likelihood, log(width))),
    Infinity,
  )
}
