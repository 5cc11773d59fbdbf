import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp, expm1 } from './exp.ts'
import { log1p } from './log.ts'

/** 1/(1 + e⁻ˣ), from e^−|x|, which does not overflow. */
export function sigmoid(l: Lanes, x: Value): Value {
  const one = l.constant(1)
  const e = exp(l, l.neg(l.abs(x)))
  return l.div(l.select(l.ge(x, l.constant(0)), one, l.select(l.lt(x, l.constant(0)), e, x)), l.add(one, e))
}

/** tanh x = sign(x)·t/(t + 2), t = e^2|x| − 1. */
export function tanh(l: Lanes, x: Value): Value {
  const t = expm1(l, l.min(l.mul(l.constant(2), l.abs(x)), l.constant(l.isDouble ? 50 : 25)))
  const size = l.div(t, l.add(t, l.constant(2)))
  return l.fromBits(l.or(l.toBits(size), l.and(l.toBits(x), l.toBits(l.constant(-0)))))
}

/** log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|). */
export function softplus(l: Lanes, x: Value): Value {
  return l.add(l.max(x, l.constant(0)), log1p(l, exp(l, l.neg(l.abs(x)))))
}
