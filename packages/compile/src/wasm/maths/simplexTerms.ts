import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp } from './exp.ts'
import { lgammaOfPositive } from './lgamma.ts'
import { log } from './log.ts'
import { logGammaDensity } from './logGammaDensity.ts'

// In float64: terms of the log densities of Dirichlet and multinomial distributions.

/** (a − 1)·log(scale·x) − log Γ(a), less a share of the scale. */
export function logGammaTerm(l: Lanes, a: Value, x: Value, scale: Value, share: Value): Value {
  return l.add(logGammaDensity(l, a, l.mul(scale, x)), l.mul(scale, l.sub(x, share)))
}

/** k·log(n·p) − n·p − log k! of log p: in logarithms where n·p underflows. */
export function logPoissonTerm(l: Lanes, k: Value, logP: Value, n: Value): Value {
  const [zero, one] = [l.constant(0), l.constant(1)]
  const rate = l.mul(n, exp(l, logP))
  const next = l.add(k, one)
  const inLogs = l.sub(l.mul(k, l.add(log(l, n), logP)), lgammaOfPositive(l, l.max(next, one)))
  const isNear = l.either(l.eq(k, zero), l.gt(rate, l.constant(1e-290)))
  return l.select(
    isNear,
    logGammaDensity(l, next, rate),
    l.select(l.gt(next, zero), inLogs, l.constant(-Infinity)),
  )
}
