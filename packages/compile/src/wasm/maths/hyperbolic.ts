import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { copySign } from './copySign.ts'
import { exp, expm1 } from './exp.ts'
import { log1p } from './log.ts'

/** log(|x| + √(x² + 1)), of far numbers log |2x|. */
export function asinh(l: Lanes, x: Value): Value {
  const [zero, one] = [l.constant(0), l.constant(1)]
  const a = l.abs(x)
  const isFar = l.gt(a, l.constant(2 ** 60))
  const square = l.mul(a, a)
  const near = l.add(a, l.div(square, l.add(one, l.sqrt(l.add(square, one)))))
  const size = log1p(l, l.select(isFar, a, near))
  return copySign(l, l.add(size, l.select(isFar, l.constant(Math.LN2), zero)), x)
}

/** ½·log((1 + |x|)/(1 − |x|)). */
export function atanh(l: Lanes, x: Value): Value {
  const a = l.abs(x)
  const ratio = l.div(l.mul(l.constant(2), a), l.sub(l.constant(1), a))
  return copySign(l, l.mul(l.constant(0.5), log1p(l, ratio)), x)
}

/** log cosh x = log(1 + m²/(2 + 2m)), m = e^−|x| − 1, or |x| − log 2 + log(1 + e^−2|x|). */
export function logCosh(l: Lanes, x: Value): Value {
  const [zero, one, two] = [0, 1, 2].map((c) => l.constant(c)) as [Value, Value, Value]
  const a = l.abs(x)
  const isFar = l.gt(a, one)
  const m = expm1(l, l.neg(a))
  const e = l.add(one, m)
  const rest = log1p(l, l.select(isFar, l.mul(e, e), l.div(l.mul(m, m), l.mul(two, e))))
  return l.add(l.select(isFar, l.sub(a, l.constant(Math.LN2)), zero), rest)
}

/** x + e⁻ˣ. */
export function plusExpMinus(l: Lanes, x: Value): Value {
  return l.add(x, exp(l, l.neg(x)))
}
