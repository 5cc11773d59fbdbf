import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp } from './exp.ts'
import { log, logQuotient } from './log.ts'
import { HALF_LOG_TWO_PI, logTerm } from './logTerm.ts'
import { raise, scaledRising, stirling } from './rising.ts'

// In float64.

/**
 * (a − 1)·log x − x − log Γ(a), of which a logarithm is left to add: that of `factor`. Stirling's series at A, which is a or
 * for small ones a + 8, makes it (a − 1)·log(x/A) − (x − A) − ½·log 2π less the series, and factor Γ(A)/Γ(a)·A^(a − A − ½).
 */
function parts(l: Lanes, a: Value, x: Value): { readonly sum: Value; readonly factor: Value } {
  const one = l.constant(1)
  const { isSmall, small, large, by } = raise(l, a)
  const reciprocal = l.div(one, large)
  const excess = l.mul(l.sub(x, large), reciprocal)
  const term = logTerm(l, l.sub(a, one), large, l.add(by, one), l.mul(x, reciprocal), excess)
  const ofSmall = scaledRising(l, small, reciprocal)
  return {
    sum: l.sub(term, l.add(stirling(l, reciprocal), l.constant(HALF_LOG_TWO_PI))),
    factor: l.div(l.select(isSmall, ofSmall, one), l.sqrt(large)),
  }
}

/** The log density where it is one: −∞ outside x > 0 and the limits at 0. */
function within(l: Lanes, a: Value, x: Value, value: Value): Value {
  const [zero, one, infinity, none] = [0, 1, Infinity, -Infinity].map((c) => l.constant(c)) as [
    Value,
    Value,
    Value,
    Value,
  ]
  const isInside = l.both(l.both(l.gt(x, zero), l.lt(x, infinity)), l.lt(a, infinity))
  const isFinite = l.either(isInside, l.both(l.eq(x, zero), l.eq(a, one)))
  const isPole = l.both(l.eq(x, zero), l.lt(a, one))
  const number = l.select(isFinite, value, l.select(isPole, infinity, none))
  return l.select(l.both(l.gt(a, zero), l.eq(x, x)), number, l.constant(NaN))
}

/** (a − 1)·log x − x − log Γ(a). */
export function logGammaDensity(l: Lanes, a: Value, x: Value): Value {
  const { sum, factor } = parts(l, a, x)
  return within(l, a, x, l.add(sum, log(l, factor)))
}

/** The same as a density. */
export function gammaDensity(l: Lanes, a: Value, x: Value): Value {
  return exp(l, logGammaDensity(l, a, x))
}

/** a·log x − x − log Γ(a + 1) for a, x > 0. */
export function logGammaPrefactor(l: Lanes, a: Value, x: Value): Value {
  const { isSmall, small, large, by } = raise(l, a)
  const reciprocal = l.div(l.constant(1), large)
  const term = logTerm(l, a, large, by, l.div(x, large), l.div(l.sub(x, large), large))
  const ofSmall = l.div(scaledRising(l, small, reciprocal), small)
  const factor = l.mul(l.select(isSmall, ofSmall, reciprocal), l.sqrt(large))
  const rest = l.add(stirling(l, reciprocal), l.constant(HALF_LOG_TWO_PI))
  return l.add(l.sub(term, rest), log(l, factor))
}

/** a·log(rate) + (a − 1)·log x − rate·x − log Γ(a). */
export function logGammaDensityOfRate(l: Lanes, a: Value, rate: Value, x: Value): Value {
  const scaled = l.mul(rate, x)
  const { sum, factor } = parts(l, a, scaled)
  return within(l, a, scaled, l.add(sum, logQuotient(l, factor, l.div(l.constant(1), rate))))
}

/** a·log(rate) − (a + 1)·log x − rate/x − log Γ(a). */
export function logInverseGammaDensity(l: Lanes, a: Value, rate: Value, x: Value): Value {
  const inverse = l.div(rate, x)
  return l.add(logGammaDensity(l, a, inverse), logQuotient(l, inverse, x))
}
