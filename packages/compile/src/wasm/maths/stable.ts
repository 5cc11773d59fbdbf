import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp, expAndExpm1, expm1 } from './exp.ts'
import { log, log1p, logNear } from './log.ts'

/** log(eᵃ + eᵇ). */
export function logAddExp(l: Lanes, a: Value, b: Value): Value {
  const distance = l.select(l.eq(a, b), l.constant(0), l.abs(l.sub(a, b)))
  return l.add(l.max(a, b), log1p(l, exp(l, l.neg(distance))))
}

/** log(1 − eˣ) for x ≤ 0 (Mächler 2012). */
export function log1mexp(l: Lanes, x: Value): Value {
  const [power, less] = expAndExpm1(l, x)
  const isNear = l.gt(x, l.constant(-Math.LN2))
  const rest = l.neg(power)
  return logNear(l, l.select(isNear, l.neg(less), l.add(l.constant(1), rest)), rest)
}

/** log(eʸ − 1). */
export function softplusInverse(l: Lanes, y: Value): Value {
  const isLarge = l.gt(y, l.constant(Math.LN2))
  const e = expm1(l, l.select(isLarge, l.neg(y), y))
  return l.add(l.select(isLarge, y, l.constant(0)), log(l, l.select(isLarge, l.neg(e), e)))
}

/** x·log y, 0 where x is 0 and y a number. */
export function xlogy(l: Lanes, x: Value, y: Value): Value {
  return times(l, x, y, log(l, y))
}

/** x·log(1 + y), 0 where x is 0 and y a number. */
export function xlog1py(l: Lanes, x: Value, y: Value): Value {
  return times(l, x, y, log1p(l, y))
}

function times(l: Lanes, x: Value, y: Value, logarithm: Value): Value {
  const zero = l.constant(0)
  return l.select(l.both(l.eq(x, zero), l.eq(y, y)), zero, l.mul(x, logarithm))
}
