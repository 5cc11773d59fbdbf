import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { horner } from './horner.ts'

/** The coefficients of (log(1 + f) − log(1 − f) − 2f)/f³ in f², fdlibm's minimax ones (Sun Microsystems 1993). */
const SERIES = {
  float32: [0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841],
  float64: [
    6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
    1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
  ],
} as const

const LN2 = {
  float32: [0.69313812256, 9.0580006145e-6],
  float64: [6.9314718036912381649e-1, 1.90821492927058770002e-10],
} as const

/** A number as powers of two times a mantissa from √½ to √2. */
interface Split {
  readonly exponent: Value
  readonly mantissa: Value
}

export function splitExponent(l: Lanes, x: Value): Split {
  if (l.primitives) return l.primitives.splitExponent(x)
  const [width, bias] = l.isDouble ? [52, 1023] : [23, 127]
  const isSubnormal = l.lt(x, l.constant(l.isDouble ? 2 ** -1022 : 2 ** -126))
  const normal = l.select(isSubnormal, l.mul(x, l.constant(2 ** width)), x)
  const origin = bitsOf(l, Math.SQRT1_2)
  // Counted from √½, the exponent changes there rather than at 1.
  const bits = l.plus(l.toBits(normal), l.bits(bitsOf(l, 1) - origin))
  const raised = l.or(l.shiftRight(bits, width), l.bits(bitsOf(l, 2 ** width)))
  const exponent = l.sub(l.fromBits(raised), l.constant(2 ** width + bias))
  const mask = (1n << BigInt(width)) - 1n
  return {
    exponent: l.select(isSubnormal, l.sub(exponent, l.constant(width)), exponent),
    mantissa: l.fromBits(l.plus(l.and(bits, l.bits(mask)), l.bits(origin))),
  }
}

function bitsOf(l: Lanes, x: number): bigint {
  const bytes = l.isDouble ? Float64Array.of(x).buffer : Float32Array.of(x).buffer
  return l.isDouble ? new BigInt64Array(bytes)[0]! : BigInt(new Int32Array(bytes)[0]!)
}

/** log x; −∞ at 0, NaN below. */
export function log(l: Lanes, x: Value): Value {
  if (l.primitives) return l.primitives.log(x)
  const { exponent, mantissa } = splitExponent(l, x)
  return whereFinite(l, x, logOf(l, sub1(l, mantissa), exponent))
}

/** log(1 + x) for x > −1, of 1 + x as it is rounded and of what the rounding left. */
export function log1p(l: Lanes, x: Value): Value {
  if (l.primitives) return l.primitives.log1p(x)
  const one = l.constant(1)
  const sum = l.add(one, x)
  const { exponent, mantissa } = splitExponent(l, sum)
  const isNearOne = l.eq(exponent, l.constant(0))
  const lost = l.select(l.ge(x, one), l.sub(one, l.sub(sum, x)), l.sub(x, l.sub(sum, one)))
  const correction = l.select(isNearOne, l.constant(0), l.div(lost, sum))
  const finite = logOf(l, l.select(isNearOne, x, sub1(l, mantissa)), exponent, correction)
  return whereFinite(l, sum, zeroOr(l, x, finite))
}

/** Terms of (log(1 + f) − log(1 − f) − 2f)/f³ = ⅔ + ⅖f² + …, for f up to ⅓. */
const TERMS = { float32: 8, float64: 17 } as const

/** log(1 + x) for x from 0 to 1, without taking numbers apart. */
export function log1pOfShare(l: Lanes, x: Value): Value {
  if (l.primitives) return l.primitives.log1pOfShare(x)
  const s = l.div(x, l.add(l.constant(2), x))
  const z = l.mul(s, s)
  const terms = Array.from({ length: TERMS[l.precision] }, (_, k) => 2 / (2 * k + 3))
  const halfSquare = l.mul(l.constant(0.5), l.mul(x, x))
  const series = l.mul(z, horner(l, terms, z))
  return l.sub(x, l.sub(halfSquare, l.mul(s, l.add(halfSquare, series))))
}

/** log q of a quotient or a sum that is rounded, and its excess q − 1 where that is known better. */
export function logNear(l: Lanes, q: Value, excess: Value): Value {
  return whereFinite(l, q, zeroOr(l, excess, logAndDeviance(l, q, excess).log))
}

/** log q, and q − 1 − log q ≥ 0, of which nothing cancels near 1, for finite q > 0. */
export function logAndDeviance(
  l: Lanes,
  q: Value,
  excess: Value,
): { readonly log: Value; readonly deviance: Value } {
  const { exponent, mantissa } = splitExponent(l, q)
  const f = l.select(l.eq(exponent, l.constant(0)), excess, sub1(l, mantissa))
  const [high, rest] = parts(l, f, exponent)
  return {
    log: l.sub(high, l.sub(rest, f)),
    deviance: l.sub(l.add(l.sub(excess, f), rest), high),
  }
}

/** log(a/b) for a, b ≥ 0, exact near 1 and also where a/b over- or underflows. */
export function logQuotient(l: Lanes, a: Value, b: Value): Value {
  const [of, by] = [splitExponent(l, a), splitExponent(l, b)]
  // Mantissas are from √½ to √2, so that their quotient is from ½ to 2: one of them is moved, by a power of two.
  const isLarge = l.gt(of.mantissa, l.mul(by.mantissa, l.constant(Math.SQRT2)))
  const isSmall = l.lt(of.mantissa, l.mul(by.mantissa, l.constant(Math.SQRT1_2)))
  const [zero, half, one, two] = [0, 0.5, 1, 2].map((x) => l.constant(x)) as [Value, Value, Value, Value]
  const mantissa = l.mul(by.mantissa, l.select(isLarge, two, l.select(isSmall, half, one)))
  const moved = l.select(isLarge, one, l.select(isSmall, l.neg(one), zero))
  const exponent = l.add(l.sub(of.exponent, by.exponent), moved)
  const finite = logOf(l, l.div(l.sub(of.mantissa, mantissa), mantissa), exponent)
  const isFinite = (x: Value): Value => l.both(l.gt(x, zero), l.lt(x, l.constant(Infinity)))
  return l.select(l.both(isFinite(a), isFinite(b)), finite, atEnd(l, l.div(l.sqrt(a), l.sqrt(b))))
}

/** A zero keeps its sign. */
function zeroOr(l: Lanes, excess: Value, value: Value): Value {
  return l.select(l.eq(excess, l.constant(0)), excess, value)
}

function sub1(l: Lanes, x: Value): Value {
  return l.sub(x, l.constant(1))
}

function whereFinite(l: Lanes, x: Value, finite: Value): Value {
  return l.select(l.both(l.gt(x, l.constant(0)), l.lt(x, l.constant(Infinity))), finite, atEnd(l, x))
}

/** The logarithm of what is no positive number: ∞ and NaN stay, 0 is −∞ and less NaN. */
function atEnd(l: Lanes, x: Value): Value {
  const zero = l.constant(0)
  return l.select(l.eq(x, zero), l.constant(-Infinity), l.select(l.lt(x, zero), l.constant(NaN), x))
}

/** log(1 + f) + exponent·ln 2 + correction for 1 + f from √½ to √2, with f exact. */
function logOf(l: Lanes, f: Value, exponent: Value, correction?: Value): Value {
  const [high, rest] = parts(l, f, exponent, correction)
  return l.sub(high, l.sub(rest, f))
}

/** The part of the logarithm that is a multiple of ln 2, rounded, and what f is more than all else. */
function parts(l: Lanes, f: Value, exponent: Value, correction?: Value): readonly [high: Value, rest: Value] {
  const [ln2, rest] = LN2[l.precision]
  const s = l.div(f, l.add(l.constant(2), f))
  const z = l.mul(s, s)
  const series = l.mul(z, horner(l, SERIES[l.precision], z))
  const halfSquare = l.mul(l.constant(0.5), l.mul(f, f))
  const low = l.mul(exponent, l.constant(rest))
  const small = correction ? l.add(low, correction) : low
  const inner = l.sub(halfSquare, l.add(l.mul(s, l.add(halfSquare, series)), small))
  return [l.mul(exponent, l.constant(ln2)), inner]
}
