import { inDouble } from '../inDouble.ts'
import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { copySign } from './copySign.ts'
import { horner } from './horner.ts'

/**
 * π/2 in parts (Cody and Waite 1980): products of the first three, of 23 bits, with whole numbers up to 2³⁰ are exact.
 * Beyond, an angle is as if it had been rounded once more, and 0 where its neighbours are radians away.
 */
const QUARTER_TURN = [1.570796251296997, 7.549789415861596e-8, 5.390302529957765e-15] as const
const REST = 3.2820035428735005e-22
const FAR = 2 ** 52

/** (sin r − r)/r³ and (cos r − 1 + r²/2)/r⁴ in r², fdlibm's minimax coefficients (Sun Microsystems 1993). */
const SINE = [
  -1.66666666666666324348e-1, 8.33333333332248946124e-3, -1.98412698298579493134e-4,
  2.75573137070700676789e-6, -2.50507602534068634195e-8, 1.58969099521155010221e-10,
]
const COSINE = [
  4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5,
  -2.75573143513906633035e-7, 2.0875723212981748279e-9, -1.13596475577881948265e-11,
]

export function sin(l: Lanes, x: Value): Value {
  return inDouble(l, (wide, angle) => unlessZero(wide, angle, ofTurn(wide, angle, 0)), x)
}

export function cos(l: Lanes, x: Value): Value {
  return inDouble(l, (wide, angle) => ofTurn(wide, angle, 1), x)
}

export function tan(l: Lanes, x: Value): Value {
  return inDouble(
    l,
    (wide, angle) => {
      const { quarters, high, low } = reduce(wide, angle)
      const [s, c] = sinAndCos(wide, high, low)
      const isOdd = odd(wide, quarters)
      const ratio = wide.div(wide.select(isOdd, wide.neg(c), s), wide.select(isOdd, s, c))
      return unlessZero(wide, angle, ratio)
    },
    x,
  )
}

/** sin(x + quarters·π/2), in float64. */
function ofTurn(l: Lanes, x: Value, more: 0 | 1): Value {
  const { quarters, high, low } = reduce(l, x)
  const [s, c] = sinAndCos(l, high, low)
  const turned = l.add(quarters, l.constant(more))
  // Added to 1½·2⁵², a whole number stands in the lowest bits of the sum: twos are turned to the sign.
  const negative = l.and(l.toBits(l.add(turned, l.constant(1.5 * 2 ** 52))), l.bits(2))
  return l.fromBits(l.xor(l.toBits(l.select(odd(l, turned), c, s)), l.shiftLeft(negative, 62)))
}

/** x as quarters of a turn, and what is left in two parts, from −π/4 to π/4. */
function reduce(
  l: Lanes,
  angle: Value,
): { readonly quarters: Value; readonly high: Value; readonly low: Value } {
  const x = l.select(l.gt(l.abs(angle), l.constant(FAR)), l.mul(angle, l.constant(0)), angle)
  const n = l.nearest(l.mul(x, l.constant(2 / Math.PI)))
  const times = (part: number): Value => l.mul(n, l.constant(part))
  const [first, second, third] = QUARTER_TURN
  const rest = l.sub(l.sub(x, times(first)), times(second))
  const last = times(third)
  const rounded = l.sub(rest, last)
  const lost = l.sub(l.sub(l.sub(rest, rounded), last), times(REST))
  const high = l.add(rounded, lost)
  return { quarters: n, high, low: l.add(l.sub(rounded, high), lost) }
}

/** The sine and the cosine of r + low, |r| ≤ π/4, in float64. */
export function sinAndCos(l: Lanes, r: Value, low?: Value): readonly [sin: Value, cos: Value] {
  const [half, one] = [l.constant(0.5), l.constant(1)]
  const z = l.mul(r, r)
  const cube = l.mul(z, r)
  const sine = l.mul(cube, horner(l, SINE, z))
  const cosine = l.mul(l.mul(z, z), horner(l, COSINE, z))
  const halfSquare = l.mul(half, z)
  const line = l.sub(one, halfSquare)
  const lost = l.sub(l.sub(one, line), halfSquare)
  if (!low) return [l.add(r, sine), l.add(line, l.add(lost, cosine))]
  const moved = l.sub(low, l.mul(halfSquare, low))
  return [l.add(r, l.add(sine, moved)), l.add(line, l.add(lost, l.sub(cosine, l.mul(r, low))))]
}

function odd(l: Lanes, n: Value): Value {
  const half = l.mul(n, l.constant(0.5))
  return l.ne(l.floor(half), half)
}

/** Zeros keep their signs, which reductions lose. */
function unlessZero(l: Lanes, x: Value, y: Value): Value {
  return l.select(l.eq(x, l.constant(0)), x, y)
}

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

export function atan(l: Lanes, x: Value): Value {
  return inDouble(
    l,
    (wide, given) => {
      const a = wide.abs(given)
      const [zero, one] = [wide.constant(0), wide.constant(1)]
      const isMiddle = wide.gt(a, wide.constant(Math.SQRT2 - 1))
      const isFar = wide.gt(a, wide.constant(Math.SQRT2 + 1))
      const choose = (far: Value, middle: Value, near: Value): Value =>
        wide.select(isFar, far, wide.select(isMiddle, middle, near))
      // Around π/2 and π/4.
      const u = wide.div(choose(wide.constant(-1), wide.sub(a, one), a), choose(a, wide.add(a, one), one))
      const share = choose(one, wide.constant(0.5), zero)
      const bend = wide.mul(u, bending(wide, ARCTANGENT, wide.mul(u, u)))
      const rest = wide.add(bend, wide.mul(share, wide.constant(HALF_PI_LOW)))
      return copySign(wide, wide.add(wide.mul(share, wide.constant(Math.PI / 2)), wide.add(u, rest)), given)
    },
    x,
  )
}

export function asin(l: Lanes, x: Value): Value {
  return inDouble(
    l,
    (wide, given) => {
      const a = wide.abs(given)
      const half = wide.constant(0.5)
      const isLarge = wide.gt(a, half)
      // asin a = π/2 − 2·asin √((1 − a)/2).
      const z = wide.select(isLarge, wide.mul(half, wide.sub(wide.constant(1), a)), wide.mul(a, a))
      const s = wide.select(isLarge, wide.sqrt(z), a)
      const bend = wide.mul(s, bending(wide, ARCSINE, z))
      const far = wide.sub(
        wide.constant(Math.PI / 2),
        wide.sub(wide.mul(wide.constant(2), wide.add(s, bend)), wide.constant(HALF_PI_LOW)),
      )
      return copySign(wide, wide.select(isLarge, far, wide.add(s, bend)), given)
    },
    x,
  )
}

function bending(l: Lanes, coefficients: readonly number[], z: Value): Value {
  return l.mul(z, horner(l, coefficients, z))
}
