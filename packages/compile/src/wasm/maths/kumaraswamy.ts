import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { expm1 } from './exp.ts'
import { log } from './log.ts'
import { log1mexp, xlogy } from './stable.ts'

// In float64.

/** Up to here series of two terms are exact. */
const NEAR = 1e-3

/** t/(eᵗ − 1) for t ≥ 0. */
export function bernoulli(l: Lanes, t: Value): Value {
  const finite = l.min(t, l.constant(700))
  const isPositive = l.gt(t, l.constant(0))
  return l.select(isPositive, l.div(finite, expm1(l, finite)), l.constant(1))
}

/** 1 − t − t/(eᵗ − 1). */
export function bernoulliRest(l: Lanes, t: Value): Value {
  const near = l.sub(l.mul(l.constant(-1 / 2), t), l.mul(l.constant(1 / 12), l.mul(t, t)))
  const far = l.sub(l.sub(l.constant(1), t), bernoulli(l, t))
  return l.select(l.lt(t, l.constant(NEAR)), near, far)
}

/** The derivative of t/(eᵗ − 1). */
export function bernoulliSlope(l: Lanes, t: Value): Value {
  const near = l.sub(l.mul(l.constant(1 / 6), t), l.constant(0.5))
  const rest = l.add(l.constant(1), l.div(t, expm1(l, l.neg(t))))
  return l.select(l.lt(t, l.constant(NEAR)), near, l.mul(l.div(bernoulli(l, t), t), rest))
}

/** log(1 − xᵃ) for x from 0 to 1. */
export function logOneMinusPower(l: Lanes, a: Value, x: Value): Value {
  return log1mexp(l, l.mul(a, log(l, x)))
}

/** 1 − (1 − xᵃ)ᵇ. */
export function kumaraswamyCdf(l: Lanes, a: Value, b: Value, x: Value): Value {
  return l.neg(expm1(l, l.mul(b, logOneMinusPower(l, a, x))))
}

/** log(a·b) + (a − 1)·log(x) + (b − 1)·log(1 − xᵃ). */
export function logKumaraswamyDensity(l: Lanes, a: Value, b: Value, x: Value): Value {
  const [zero, one] = [l.constant(0), l.constant(1)]
  const power = l.sub(b, one)
  const tail = l.select(l.eq(power, zero), zero, l.mul(power, logOneMinusPower(l, a, x)))
  return l.add(l.add(log(l, l.mul(a, b)), xlogy(l, l.sub(a, one), x)), tail)
}
