import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { erfcx } from './erf.ts'
import { exp } from './exp.ts'
import { ndtr } from './ndtr.ts'

// In float64.

/**
 * Φ(a) + exp(2λ/μ)·Φ(−t), a = √(λ/x)·(x − μ)/μ, t = √(λ/x)·(x + μ)/μ: the second term is ½·erfcx(t/√2)·exp(−a²/2), which
 * does not overflow.
 */
export function inverseGaussianCdf(l: Lanes, mean: Value, concentration: Value, x: Value): Value {
  const [zero, half, one] = [0, 0.5, 1].map((c) => l.constant(c)) as [Value, Value, Value]
  const root = l.sqrt(l.div(concentration, x))
  const a = l.div(l.mul(root, l.sub(x, mean)), mean)
  const t = l.div(l.mul(root, l.add(x, mean)), mean)
  const decay = exp(l, l.neg(l.mul(l.mul(half, a), a)))
  const far = l.mul(l.mul(half, erfcx(l, l.mul(t, l.constant(Math.SQRT1_2)))), decay)
  const isInside = l.both(l.gt(x, zero), l.lt(x, l.constant(Infinity)))
  const atEnd = l.select(l.ge(x, zero), l.select(l.eq(x, zero), zero, one), l.constant(NaN))
  return l.select(isInside, l.add(ndtr(l, a), far), atEnd)
}
