import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { logAndDeviance } from './log.ts'

/** ½·log 2π. */
export const HALF_LOG_TWO_PI = 0.9189385332046727

/**
 * power·log q − scale·(q − 1) for q ≥ 0, whose excess q − 1 is told apart, as is how much less the power is than the scale.
 * Where both are large and q is near 1, what would cancel is scale·(q − 1 − log q) (Loader 2000, “Fast and accurate
 * computation of binomial probabilities”).
 */
export function logTerm(l: Lanes, power: Value, scale: Value, less: Value, q: Value, excess: Value): Value {
  const { log, deviance } = logAndDeviance(l, l.abs(q), excess)
  const near = l.add(l.mul(less, log), l.mul(scale, deviance))
  const far = l.sub(l.mul(power, log), l.mul(scale, excess))
  return l.select(l.gt(l.abs(excess), l.constant(0.5)), far, l.neg(near))
}
