import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { horner } from './horner.ts'

// In float64.

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
  return unlessZero(l, x, ofTurn(l, x, 0))
}

export function cos(l: Lanes, x: Value): Value {
  return ofTurn(l, x, 1)
}

export function tan(l: Lanes, x: Value): Value {
  const { quarters, high, low } = reduce(l, x)
  const [s, c] = sinAndCos(l, high, low)
  const isOdd = odd(l, quarters)
  return unlessZero(l, x, l.div(l.select(isOdd, l.neg(c), s), l.select(isOdd, s, c)))
}

/** sin(x + quarters·π/2). */
function ofTurn(l: Lanes, x: Value, more: 0 | 1): Value {
  const { quarters, high, low } = reduce(l, x)
  const [s, c] = sinAndCos(l, high, low)
  const turned = l.add(quarters, l.constant(more))
  const value = l.select(odd(l, turned), c, s)
  if (l.primitives) return l.select(odd(l, l.floor(l.mul(turned, l.constant(0.5)))), l.neg(value), value)
  // Added to 1½·2⁵², a whole number stands in the lowest bits of the sum: twos are turned to the sign.
  const negative = l.and(l.toBits(l.add(turned, l.constant(1.5 * 2 ** 52))), l.bits(2))
  return l.fromBits(l.xor(l.toBits(value), l.shiftLeft(negative, 62)))
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

/** The sine and the cosine of r + low, |r| ≤ π/4. */
function sinAndCos(l: Lanes, r: Value, low: Value): readonly [sin: Value, cos: Value] {
  const one = l.constant(1)
  const z = l.mul(r, r)
  const sine = l.mul(l.mul(z, r), horner(l, SINE, z))
  const cosine = l.mul(l.mul(z, z), horner(l, COSINE, z))
  const halfSquare = l.mul(l.constant(0.5), z)
  const line = l.sub(one, halfSquare)
  const lost = l.sub(l.sub(one, line), halfSquare)
  const moved = l.sub(low, l.mul(halfSquare, low))
  return [l.add(r, l.add(sine, moved)), l.add(line, l.add(lost, l.sub(cosine, l.mul(r, low))))]
}

/** The sine and the cosine of π·t for |t| ≤ ¼. */
export function sinAndCosOfPi(l: Lanes, t: Value): readonly [sin: Value, cos: Value] {
  return sinAndCos(l, l.mul(t, l.constant(Math.PI)), l.constant(0))
}

function odd(l: Lanes, n: Value): Value {
  const half = l.mul(n, l.constant(0.5))
  return l.ne(l.floor(half), half)
}

/** Zeros keep their signs, which reductions lose. */
function unlessZero(l: Lanes, x: Value, y: Value): Value {
  return l.select(l.eq(x, l.constant(0)), x, y)
}
