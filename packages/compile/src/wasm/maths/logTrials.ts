import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp } from './exp.ts'
import { log, log1p, logQuotient } from './log.ts'
import { logOfPair, pairOfGammas } from './pairOfGammas.ts'

// In float64: log probabilities of k successes and m failures, real numbers ≥ 0, by the log odds of a success.

/** Beyond these log odds probabilities of successes or failures are all but 0, and their logarithms linear. */
const FAR = 600

/**
 * log(c·Γ(k + m)/(Γ(k)·Γ(m))·pᵏ·qᵐ) for the log odds of p. Where there are no successes, or no failures, c is as it has to
 * be for k·log p + m·log q.
 */
function logTrials(l: Lanes, k: Value, m: Value, logit: Value, c: Value): Value {
  const [zero, one] = [l.constant(0), l.constant(1)]
  const within = l.max(l.min(logit, l.constant(FAR)), l.constant(-FAR))
  const isLikely = l.gt(logit, zero)
  const rest = exp(l, l.neg(l.abs(within)))
  const larger = l.div(one, l.add(one, rest))
  const smaller = l.mul(rest, larger)
  const pair = pairOfGammas(l, k, m)
  const [p, q] = [l.select(isLikely, larger, smaller), l.select(isLikely, smaller, larger)]
  const density = logOfPair(l, pair, p, q, [0, 0], c)
  const beyond = l.sub(logit, within)
  const slope = l.select(isLikely, l.neg(m), k)
  const value = l.add(density, l.select(l.eq(beyond, zero), zero, l.mul(slope, beyond)))
  // −log p and −log q: softplus of −logit and of logit.
  const isNone = l.eq(k, zero)
  const odds = l.select(isNone, logit, l.neg(logit))
  const alone = l.mul(l.add(k, m), l.add(l.max(odds, zero), log1p(l, exp(l, l.neg(l.abs(logit))))))
  const isAlone = l.either(isNone, l.eq(m, zero))
  const isEmpty = l.both(isNone, l.eq(m, zero))
  return l.select(isAlone, l.select(isEmpty, zero, l.sub(zero, alone)), value)
}

/** log C(n, k) + k·logit − n·log(1 + exp(logit)). */
export function logBinomialDensity(l: Lanes, k: Value, n: Value, logit: Value): Value {
  const zero = l.constant(0)
  const m = l.sub(n, k)
  const value = logTrials(l, k, m, logit, l.div(l.div(n, m), k))
  const isOutside = l.either(l.either(l.lt(k, zero), l.lt(m, zero)), l.eq(n, l.constant(Infinity)))
  const isNumber = l.both(l.both(l.ge(n, zero), l.eq(k, k)), l.eq(logit, logit))
  return l.select(isNumber, l.select(isOutside, l.constant(-Infinity), value), l.constant(NaN))
}

/** log Γ(k + r) − log Γ(r) − log k! + k·log σ(logit) + r·log σ(−logit). */
export function logNegativeBinomialDensity(l: Lanes, k: Value, r: Value, logit: Value): Value {
  const [zero, infinity] = [l.constant(0), l.constant(Infinity)]
  const value = logTrials(l, k, r, logit, l.div(l.constant(1), k))
  const isNever = l.both(l.eq(r, zero), l.gt(k, zero))
  const isOutside = l.either(l.either(l.lt(k, zero), l.eq(k, infinity)), isNever)
  const isNumber = l.both(l.both(l.ge(r, zero), l.eq(k, k)), l.eq(logit, logit))
  return l.select(isNumber, l.select(isOutside, l.constant(-Infinity), value), l.constant(NaN))
}

/** log C(n, k) + k·log p + (n − k)·log(1 − p). */
export function logBinomialTrials(l: Lanes, k: Value, n: Value, p: Value): Value {
  return logBinomialDensity(l, k, n, logOdds(l, p))
}

/** log Γ(k + r) − log Γ(r) − log k! + k·log p + r·log(1 − p). */
export function logNegativeBinomialTrials(l: Lanes, k: Value, r: Value, p: Value): Value {
  return logNegativeBinomialDensity(l, k, r, logOdds(l, p))
}

function logOdds(l: Lanes, p: Value): Value {
  return l.sub(log(l, p), log1p(l, l.neg(p)))
}

/** The log probability of k under the negative binomial distribution of a mean and a concentration. */
export function logNegativeBinomialOfMean(l: Lanes, k: Value, mean: Value, r: Value): Value {
  return logNegativeBinomialDensity(l, k, r, logQuotient(l, mean, r))
}
