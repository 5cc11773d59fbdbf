import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp } from './exp.ts'
import { logNear } from './log.ts'
import { logOfPair, pairOfGammas } from './pairOfGammas.ts'

// In float64.

/** (a − 1)·log x + (b − 1)·log(1 − x) − log B(a, b). */
export function logBetaDensityOfUnit(l: Lanes, a: Value, b: Value, x: Value): Value {
  return logBetaDensity(l, x, l.sub(l.constant(1), x), a, b)
}

/** The same of x and y = 1 − x. */
export function logBetaDensity(l: Lanes, x: Value, y: Value, a: Value, b: Value): Value {
  const [zero, one] = [l.constant(0), l.constant(1)]
  const pair = pairOfGammas(l, a, b)
  const { sum, ofA, ofB } = pair
  const c = l.mul(l.mul(sum, ofA), l.mul(sum, ofB))
  const value = logOfPair(l, pair, x, y, [1, 1], c)
  // At an end the limit, −∞ beyond.
  const isBelow = l.le(x, zero)
  const isEnd = l.either(isBelow, l.le(y, zero))
  const power = l.select(isBelow, a, b)
  const isOutside = l.either(l.lt(x, zero), l.lt(y, zero))
  const pole = l.select(
    l.both(l.lt(power, one), l.not(isOutside)),
    l.constant(Infinity),
    l.constant(-Infinity),
  )
  const isLimit = l.both(isEnd, l.either(isOutside, l.ne(power, one)))
  const isNone = l.either(l.not(l.both(l.gt(a, zero), l.gt(b, zero))), l.either(l.ne(x, x), l.ne(y, y)))
  return l.select(isNone, l.constant(NaN), l.select(isLimit, pole, value))
}

/** log B(a, b) for a, b > 0. */
export function lbetaOfPositive(l: Lanes, a: Value, b: Value): Value {
  const one = l.constant(1)
  const pair = pairOfGammas(l, a, b)
  // With x and y in proportion to A and B, all that is left of their powers is c.
  const shareOfA = l.div(pair.a.large, pair.sum)
  const shareOfB = l.div(pair.b.large, pair.sum)
  const density = logOfPair(l, pair, shareOfA, shareOfB, [0, 0], one)
  const logOf = (share: Value, other: Value): Value => logNear(l, share, l.neg(other))
  return l.sub(l.add(l.mul(a, logOf(shareOfA, shareOfB)), l.mul(b, logOf(shareOfB, shareOfA))), density)
}

/** (a − 1)·log x + b·log y − (a + b)·log(x + y) − log B(a, b). */
export function logOddsDensity(l: Lanes, a: Value, b: Value, x: Value, y: Value): Value {
  const [zero, one] = [l.constant(0), l.constant(1)]
  const total = l.add(x, y)
  const pair = pairOfGammas(l, a, b)
  const c = l.div(l.mul(pair.sum, pair.ofA), total)
  const value = logOfPair(l, pair, l.div(x, total), l.div(y, total), [1, 0], c)
  const isStart = l.eq(x, zero)
  const isLimit = l.either(l.eq(y, zero), l.both(isStart, l.ne(a, one)))
  const isPole = l.both(isStart, l.lt(a, one))
  const limit = l.select(isPole, l.constant(Infinity), l.constant(-Infinity))
  const isNumber = l.both(l.both(l.ge(x, zero), l.ge(y, zero)), l.gt(total, zero))
  return l.select(isNumber, l.select(isLimit, limit, value), l.constant(NaN))
}

/** The same as a density. */
export function oddsDensity(l: Lanes, a: Value, b: Value, x: Value, y: Value): Value {
  return exp(l, logOddsDensity(l, a, b, x, y))
}
