import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp, expm1 } from './exp.ts'
import { log, log1p, logQuotient } from './log.ts'
import { HALF_LOG_TWO_PI } from './logTerm.ts'

// In float64: functions of scaled values, which are rounded once.

/** log(x) − y. */
export function logMinus(l: Lanes, x: Value, y: Value): Value {
  return l.sub(log(l, x), y)
}

/** power·logarithm, 0 where the power is. */
function times(l: Lanes, power: Value, logarithm: Value): Value {
  const zero = l.constant(0)
  return l.select(l.eq(power, zero), zero, l.mul(power, logarithm))
}

/** (x/s)ᵏ. */
export function ratioPower(l: Lanes, k: Value, s: Value, x: Value): Value {
  return exp(l, times(l, k, logQuotient(l, x, s)))
}

/** log(k/s) + (k − 1)·log(x/s) − (x/s)ᵏ. */
export function logWeibullDensity(l: Lanes, k: Value, s: Value, x: Value): Value {
  const ratio = logQuotient(l, x, s)
  const power = times(l, l.sub(k, l.constant(1)), ratio)
  return l.sub(l.add(logQuotient(l, k, s), power), exp(l, times(l, k, ratio)))
}

/** scale·e^(t/k) from the least to the largest normal number of float32. */
export function stretched(l: Lanes, scale: Value, t: Value, k: Value): Value {
  const x = l.mul(scale, exp(l, l.div(t, k)))
  return l.min(l.max(x, l.constant(2 ** -126)), l.constant((2 - 2 ** -23) * 2 ** 127))
}

/** From here on down eˣ is nothing beside a gate that is not 0. */
const FAR = -700

/** log(gate + (1 − gate)·eˣ) for x ≤ 0. */
export function logInflated(l: Lanes, gate: Value, x: Value): Value {
  const within = l.max(x, l.constant(FAR))
  const value = l.add(within, log1p(l, l.mul(gate, expm1(l, l.neg(within)))))
  return l.select(l.eq(gate, l.constant(0)), x, value)
}

/** ½·log(λ/2π) − 3/2·log x − λ·(x − μ)²/(2μ²x). */
export function logInverseGaussianDensity(l: Lanes, mean: Value, concentration: Value, x: Value): Value {
  const half = l.constant(0.5)
  const deviation = l.div(l.sub(x, mean), mean)
  const logs = l.sub(
    l.mul(half, log(l, concentration)),
    l.add(l.mul(l.constant(1.5), log(l, x)), l.constant(HALF_LOG_TWO_PI)),
  )
  return l.sub(logs, l.mul(l.mul(l.mul(half, l.div(concentration, x)), deviation), deviation))
}

/** λ/x² − λ/μ². */
export function inverseGaussianSlope(l: Lanes, mean: Value, concentration: Value, x: Value): Value {
  const overSquare = (by: Value): Value => l.div(l.div(concentration, by), by)
  return l.sub(overSquare(x), overSquare(mean))
}
