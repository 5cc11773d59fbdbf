import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { copySign } from './copySign.ts'
import { horner } from './horner.ts'

// In float64.

/** (atan √z − √z)/√z³ for √z ≤ tan π/8, and (asin √z − √z)/√z³ for √z ≤ ½: interpolated at Chebyshev nodes. */
const ARCTANGENT = [
  -0.3333333333333333, 0.19999999999995516, -0.1428571428466568, 0.11111111015187006, -0.09090904575306077,
  0.07692183125369063, -0.06664510525415601, 0.058581409041635196, -0.050854078313439584, 0.0392304477008921,
  -0.01917540461813167,
]
const ARCSINE = [
  0.16666666666666669, 0.07499999999998432, 0.04464285714635722, 0.030381944138386883, 0.022372172948126167,
  0.017352392575580196, 0.013971215203474795, 0.011479154967715354, 0.010322964600907498,
  0.005456844386701983, 0.017402726152848963, -0.014854837981164017, 0.028759909923247968,
]
/** What π/2 is more than its float64. */
const HALF_PI_LOW = 6.123233995736766e-17

/** atan x, for x ≥ 0 beside 0, π/4 or π/2. */
export function atan(l: Lanes, x: Value): Value {
  const a = l.abs(x)
  const [zero, one] = [l.constant(0), l.constant(1)]
  const isMiddle = l.gt(a, l.constant(Math.SQRT2 - 1))
  const isFar = l.gt(a, l.constant(Math.SQRT2 + 1))
  const choose = (far: Value, middle: Value, near: Value): Value =>
    l.select(isFar, far, l.select(isMiddle, middle, near))
  const u = l.div(choose(l.constant(-1), l.sub(a, one), a), choose(a, l.add(a, one), one))
  const quarters = choose(one, l.constant(0.5), zero)
  const rest = l.add(bend(l, ARCTANGENT, u, l.mul(u, u)), l.mul(quarters, l.constant(HALF_PI_LOW)))
  return copySign(l, l.add(l.mul(quarters, l.constant(Math.PI / 2)), l.add(u, rest)), x)
}

/** The angle of the point (x, y), from −π to π: of the lesser of its coordinates over the greater, which are taken without signs. */
export function atan2(l: Lanes, y: Value, x: Value): Value {
  const [zero, one] = [l.constant(0), l.constant(1)]
  const [a, b] = [l.abs(y), l.abs(x)]
  const isSteep = l.gt(a, b)
  // Of two zeros and of two infinities, which have no quotient, too.
  const equal = l.select(l.eq(a, zero), zero, one)
  const ratio = l.select(l.eq(a, b), equal, l.div(l.min(a, b), l.max(a, b)))
  const least = atan(l, ratio)
  const quarter = l.select(
    isSteep,
    l.sub(l.constant(Math.PI / 2), l.sub(least, l.constant(HALF_PI_LOW))),
    least,
  )
  const half = l.sub(l.constant(Math.PI), l.sub(quarter, l.constant(2 * HALF_PI_LOW)))
  const isLeft = l.lt(copySign(l, one, x), zero)
  return copySign(l, l.select(isLeft, half, quarter), y)
}

/** asin x, for large x π/2 − 2·asin √((1 − x)/2). */
export function asin(l: Lanes, x: Value): Value {
  const a = l.abs(x)
  const half = l.constant(0.5)
  const isLarge = l.gt(a, half)
  const z = l.select(isLarge, l.mul(half, l.sub(l.constant(1), a)), l.mul(a, a))
  const s = l.select(isLarge, l.sqrt(z), a)
  const near = l.add(s, bend(l, ARCSINE, s, z))
  const twice = l.sub(l.add(near, near), l.constant(HALF_PI_LOW))
  return copySign(l, l.select(isLarge, l.sub(l.constant(Math.PI / 2), twice), near), x)
}

function bend(l: Lanes, coefficients: readonly number[], u: Value, square: Value): Value {
  return l.mul(u, l.mul(square, horner(l, coefficients, square)))
}
