import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { copySign } from './copySign.ts'
import { exp } from './exp.ts'
import { horner } from './horner.ts'
import { log1pOfShare } from './log.ts'

const [DECAYS, LOGS] = [
  /* @__PURE__ */ new WeakMap<Value, Value>(),
  /* @__PURE__ */ new WeakMap<Value, Value>(),
]

/**
 * e^−|x|, which does not overflow: once for each x and −x, for softplus and its derivative are often taken both, and
 * Bernoulli densities have them of x and of −x.
 */
function decay(l: Lanes, x: Value): Value {
  const own = withoutSign(l, x)
  const known = DECAYS.get(own) ?? exp(l, l.neg(l.abs(own)))
  DECAYS.set(own, known)
  return known
}

/** log(1 + e) of a decay e, once for each. */
function logOfOneMore(l: Lanes, e: Value): Value {
  const known = LOGS.get(e) ?? log1pOfShare(l, e)
  LOGS.set(e, known)
  return known
}

/** x of −x. */
function withoutSign(l: Lanes, x: Value): Value {
  const [of, ...others] = x.args
  if (!of || others.length > 0 || of.type !== x.type) return x
  return String(l.neg(of).code) === String(x.code) ? of : x
}

/** 1/(1 + e⁻ˣ), from e^−|x|. */
export function sigmoid(l: Lanes, x: Value): Value {
  const one = l.constant(1)
  const e = decay(l, x)
  if (l.primitives) return l.primitives.sigmoid(x, e)
  return l.div(l.select(l.ge(x, l.constant(0)), one, l.select(l.lt(x, l.constant(0)), e, x)), l.add(one, e))
}

/** tanh x = x − x³·N(x²)/D(x²) below ½, the ninth convergent of Lambert's continued fraction. */
const NUMERATOR = [11_486_475, 810_810, 12_870, 44]
const DENOMINATOR = [34_459_425, 16_216_200, 945_945, 13_860, 45]

/** tanh |x| = 1 − 2e/(1 + e), e = e^(−2|x|), from ½ on. */
export function tanh(l: Lanes, x: Value): Value {
  const size = l.abs(x)
  const [one, two, half] = [l.constant(1), l.constant(2), l.constant(0.5)]
  const e = exp(l, l.mul(l.constant(-2), size))
  const far = l.sub(one, l.div(l.mul(two, e), l.add(one, e)))
  const small = l.atMost(size, half)
  const square = l.mul(small, small)
  const share = l.div(l.mul(square, horner(l, NUMERATOR, square)), horner(l, DENOMINATOR, square))
  const near = l.sub(small, l.mul(small, share))
  const positive = l.select(l.lt(size, half), near, far)
  return copySign(l, positive, x)
}

/** log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|). */
export function softplus(l: Lanes, x: Value): Value {
  return l.add(l.atLeast(x, l.constant(0)), logOfOneMore(l, decay(l, x)))
}
