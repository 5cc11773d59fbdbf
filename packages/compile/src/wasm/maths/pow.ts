import { inDouble } from '../inDouble.ts'
import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { excessOverLine, exp, timesPowerOfTwo } from './exp.ts'
import { horner } from './horner.ts'
import { log, splitExponent } from './log.ts'

/** aᵇ as JavaScript has it: 1 for b = 0, NaN for (±1)^(±∞) and for a < 0 and b not whole. */
export function pow(l: Lanes, a: Value, b: Value): Value {
  if (l.primitives) return l.primitives.pow(a, b)
  return l.isDouble ? signed(l, a, b, exactPower(l, l.abs(a), b)) : roundedPow(l, a, b)
}

/** Of float32 in float64, which has digits enough for the logarithm. */
const roundedPow = /* @__PURE__ */ inDouble((l, a, b) =>
  signed(l, a!, b!, exp(l, l.mul(b!, log(l, l.abs(a!))))),
)

function signed(l: Lanes, a: Value, b: Value, magnitude: Value): Value {
  const [zero, half] = [l.constant(0), l.constant(0.5)]
  const isWhole = (x: Value): Value => l.eq(l.trunc(x), x)
  const halved = l.mul(half, b)
  const isOdd = l.both(isWhole(b), l.not(isWhole(halved)))
  const sign = l.and(l.toBits(l.select(isOdd, a, zero)), l.toBits(l.constant(-0)))
  // A finite a < 0 has no powers but whole ones.
  const isNegative = l.both(l.lt(a, zero), l.gt(a, l.constant(-Infinity)))
  const isNone = l.both(isNegative, l.not(isWhole(b)))
  const number = l.select(isNone, l.constant(NaN), l.fromBits(l.xor(l.toBits(magnitude), sign)))
  return l.select(l.eq(b, zero), l.constant(1), number)
}

/** The upper 26 bits of a number's 53, so that products of two such are exact. */
function upper(l: Lanes, x: Value): Value {
  return l.fromBits(l.and(l.toBits(x), l.bits(-1n << 27n)))
}

/** 3·(atanh(s)/s − 1 − s²/3)/s⁴ in s²: its terms for |s| ≤ 3 − 2√2. */
const SERIES = /* @__PURE__ */ Array.from({ length: 10 }, (_, k) => 3 / (2 * k + 5))
/** 2/(3·ln 2) in two parts, the first of 26 bits. */
const [FACTOR, FACTOR_LOW] = [0.9617966860532761, 7.872699542894897e-9] as const

/**
 * aᵇ for a ≥ 0 in float64 as 2^(b·log₂ a), with log₂ a in two parts that together have eleven bits more than a float64,
 * in the way of fdlibm's `pow` (Sun Microsystems 1993).
 */
function exactPower(l: Lanes, a: Value, b: Value): Value {
  const [zero, three] = [l.constant(0), l.constant(3)]
  const { exponent, mantissa } = splitExponent(l, a)
  // log m = 2·atanh s = (2/3)·s·(3 + s² + …), s = f/(2 + f), with s and the sum in two parts.
  const f = l.sub(mantissa, l.constant(1))
  const sum = l.add(l.constant(2), f)
  const s = l.div(f, sum)
  const high = upper(l, s)
  const sumHigh = upper(l, sum)
  const sumLow = l.sub(f, l.sub(sumHigh, l.constant(2)))
  const low = l.div(l.sub(l.sub(f, l.mul(high, sumHigh)), l.mul(high, sumLow)), sum)
  const square = l.mul(s, s)
  const highSquare = l.mul(high, high)
  const series = l.mul(l.mul(square, square), horner(l, SERIES, square))
  const rest = l.add(series, l.mul(low, l.add(high, s)))
  const factor = upper(l, l.add(l.add(three, highSquare), rest))
  const factorLow = l.sub(rest, l.sub(l.sub(factor, three), highSquare))
  const product = l.mul(high, factor)
  const productLow = l.add(l.mul(low, factor), l.mul(factorLow, s))
  const p = upper(l, l.add(product, productLow))
  const pLow = l.sub(productLow, l.sub(p, product))
  const z = l.mul(l.constant(FACTOR), p)
  const zLow = l.add(l.mul(l.constant(FACTOR_LOW), p), l.mul(pLow, l.constant(FACTOR + FACTOR_LOW)))
  const log2 = upper(l, l.add(l.add(z, zLow), exponent))
  const log2Low = l.sub(zLow, l.sub(l.sub(log2, exponent), z))
  // b·log₂ a = n + r, where n beyond ±1100 is no different.
  const power = l.max(l.min(b, l.constant(1e300)), l.constant(-1e300))
  const powerHigh = upper(l, power)
  const turn = l.mul(powerHigh, log2)
  const turnLow = l.add(l.mul(l.sub(power, powerHigh), log2), l.mul(power, log2Low))
  const n = l.nearest(l.max(l.min(l.add(turn, turnLow), l.constant(1100)), l.constant(-1100)))
  const fraction = l.max(l.min(l.add(l.sub(turn, n), turnLow), l.constant(1)), l.constant(-1))
  const r = l.mul(fraction, l.constant(Math.LN2))
  const value = timesPowerOfTwo(l, l.add(l.constant(1), l.add(r, excessOverLine(l, r))), n)
  // What has no logarithm: 0 and ∞ are as numbers near them are, NaN is NaN; 1 to the ∞ is NaN.
  const [infinity, isLarge] = [l.constant(Infinity), l.gt(a, l.constant(1))]
  const end = l.select(l.gt(b, zero), l.select(isLarge, infinity, zero), l.select(isLarge, zero, infinity))
  const isEnd = l.either(l.eq(a, zero), l.eq(a, infinity))
  const isNone = l.both(l.eq(a, l.constant(1)), l.eq(l.abs(b), infinity))
  const unordered = l.either(l.either(l.ne(a, a), l.ne(b, b)), isNone)
  return l.select(unordered, l.constant(NaN), l.select(isEnd, end, value))
}
