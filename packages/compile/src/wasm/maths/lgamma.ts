import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { log } from './log.ts'
import { raise, rising, stirling } from './rising.ts'
import { sinAndCosOfPi } from './trigonometric.ts'

// In float64.

/** ½·log 2π − ½. */
const REST = 0.4189385332046727

/** log |Γ(x)|, and of 1 − x by reflection for x < −½ (DLMF 5.5.3). */
export function lgamma(l: Lanes, x: Value): Value {
  const [zero, one] = [l.constant(0), l.constant(1)]
  const isReflected = l.lt(x, l.constant(-0.5))
  const { series, factor } = parts(l, l.select(isReflected, l.sub(one, x), x))
  const sine = sineOfTurn(l, x)
  const reflected = l.div(l.mul(factor, l.constant(Math.PI)), sine)
  const value = l.sub(series, log(l, l.select(isReflected, reflected, factor)))
  const signed = l.select(isReflected, l.neg(value), value)
  const isPole = l.both(isReflected, l.not(l.gt(sine, zero)))
  const isZero = l.either(l.eq(x, one), l.eq(x, l.constant(2)))
  return l.select(isPole, l.constant(Infinity), l.select(isZero, zero, signed))
}

/** log Γ(x) for x > 0. */
export function lgammaOfPositive(l: Lanes, x: Value): Value {
  const { series, factor } = parts(l, x)
  return l.sub(series, log(l, factor))
}

/** log |Γ| of the large y that stands for x > −½, by Stirling's series, and the quotient |Γ(y)/Γ(x)|. */
function parts(l: Lanes, x: Value): { readonly series: Value; readonly factor: Value } {
  const one = l.constant(1)
  const { isSmall, small, large } = raise(l, x)
  const line = l.mul(l.sub(large, l.constant(0.5)), l.sub(log(l, large), one))
  return {
    series: l.add(l.add(line, l.constant(REST)), stirling(l, l.div(one, large))),
    factor: l.select(isSmall, l.abs(rising(l, small)), one),
  }
}

/** |sin πx|. */
function sineOfTurn(l: Lanes, x: Value): Value {
  const [s, c] = halfTurn(l, x)
  return l.abs(l.mul(l.add(s, s), c))
}

/** The sine and the cosine of half of what πx is more than a multiple of π. */
export function halfTurn(l: Lanes, x: Value): readonly [sin: Value, cos: Value] {
  return sinAndCosOfPi(l, l.mul(l.constant(0.5), l.sub(x, l.nearest(x))))
}
