import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { atan } from './inverseTrigonometric.ts'
import { log } from './log.ts'
import { sinAndCosOfPi } from './trigonometric.ts'

// In float64, in which squares of float32 neither over- nor underflow.

function sumOfSquares(l: Lanes, u: Value, v: Value): Value {
  return l.add(l.mul(u, u), l.mul(v, v))
}

/** log(scale/(π·(d² + scale²))). */
export function cauchyLogDensity(l: Lanes, d: Value, scale: Value): Value {
  return log(l, l.mul(l.div(scale, sumOfSquares(l, d, scale)), l.constant(1 / Math.PI)))
}

/** ∂/∂u log(u² + v²). */
export function cauchySlope(l: Lanes, u: Value, v: Value): Value {
  return l.div(l.add(u, u), sumOfSquares(l, u, v))
}

/** ∂²/∂u² log(u² + v²). */
export function cauchyCurvature(l: Lanes, u: Value, v: Value): Value {
  const sum = sumOfSquares(l, u, v)
  const [less, more] = [l.div(l.sub(v, u), sum), l.div(l.add(v, u), sum)]
  return l.mul(l.mul(l.constant(2), less), more)
}

/** ½ + atan(z)/π, in the left tail −atan(1/z)/π. */
export function cauchyCdf(l: Lanes, z: Value): Value {
  const isLeft = l.lt(z, l.constant(-1))
  const angle = l.mul(atan(l, l.select(isLeft, l.div(l.constant(-1), z), z)), l.constant(1 / Math.PI))
  return l.select(isLeft, angle, l.add(l.constant(0.5), angle))
}

/** −cot πp for p from 0 to 1. */
export function cauchyQuantile(l: Lanes, p: Value): Value {
  const [zero, half, one] = [l.constant(0), l.constant(0.5), l.constant(1)]
  const isLower = l.lt(p, half)
  const size = tangent(l, l.sub(half, l.min(p, l.sub(one, p))), l.min(p, l.sub(one, p)))
  const isProbability = l.both(l.ge(p, zero), l.le(p, one))
  return l.select(isProbability, l.select(isLower, l.neg(size), size), l.constant(NaN))
}

/** tan(πp/2) for p from 0 to 1. */
export function halfCauchyQuantile(l: Lanes, p: Value): Value {
  const [zero, half, one] = [l.constant(0), l.constant(0.5), l.constant(1)]
  const t = l.mul(half, p)
  const isProbability = l.both(l.ge(p, zero), l.le(p, one))
  return l.select(isProbability, tangent(l, t, l.mul(half, l.sub(one, p))), l.constant(NaN))
}

/** tan πt for t from 0 to ½, of which ½ − t is told apart. */
function tangent(l: Lanes, t: Value, complement: Value): Value {
  const isSmall = l.lt(t, complement)
  const [s, c] = sinAndCosOfPi(l, l.min(t, complement))
  return l.div(l.select(isSmall, s, c), l.select(isSmall, c, s))
}
