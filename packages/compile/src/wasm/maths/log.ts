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
function splitExponent(l: Lanes, x: Value): { readonly exponent: Value; readonly mantissa: Value } {
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
  const { exponent, mantissa } = splitExponent(l, x)
  const finite = logOfOnePlus(l, l.sub(mantissa, l.constant(1)), exponent)
  // What is no positive number: ∞ and NaN stay, 0 is −∞ and less NaN.
  const rest = l.select(
    l.eq(x, l.constant(0)),
    l.constant(-Infinity),
    l.select(l.lt(x, l.constant(0)), l.constant(NaN), x),
  )
  return l.select(l.both(l.gt(x, l.constant(0)), l.lt(x, l.constant(Infinity))), finite, rest)
}

/** log(1 + x) for x > −1, of 1 + x as it is rounded and of what the rounding left. */
export function log1p(l: Lanes, x: Value): Value {
  const one = l.constant(1)
  const sum = l.add(one, x)
  const { exponent, mantissa } = splitExponent(l, sum)
  const isNearOne = l.eq(exponent, l.constant(0))
  const lost = l.select(l.ge(x, one), l.sub(one, l.sub(sum, x)), l.sub(x, l.sub(sum, one)))
  const correction = l.select(isNearOne, l.constant(0), l.div(lost, sum))
  const finite = logOfOnePlus(l, l.select(isNearOne, x, l.sub(mantissa, one)), exponent, correction)
  const atPole = l.select(
    l.eq(sum, l.constant(0)),
    l.constant(-Infinity),
    l.select(l.lt(sum, l.constant(0)), l.constant(NaN), x),
  )
  return l.select(
    l.both(l.gt(sum, l.constant(0)), l.lt(x, l.constant(Infinity))),
    l.select(l.eq(x, l.constant(0)), x, finite),
    atPole,
  )
}

/** log(1 + f) + exponent·ln 2 + correction for 1 + f from √½ to √2, with f exact. */
function logOfOnePlus(l: Lanes, f: Value, exponent: Value, correction: Value = l.constant(0)): Value {
  const [ln2, rest] = LN2[l.precision]
  const s = l.div(f, l.add(l.constant(2), f))
  const z = l.mul(s, s)
  const series = l.mul(z, horner(l, SERIES[l.precision], z))
  const halfSquare = l.mul(l.constant(0.5), l.mul(f, f))
  const small = l.add(l.mul(exponent, l.constant(rest)), correction)
  const inner = l.sub(halfSquare, l.add(l.mul(s, l.add(halfSquare, series)), small))
  return l.sub(l.mul(exponent, l.constant(ln2)), l.sub(inner, f))
}
