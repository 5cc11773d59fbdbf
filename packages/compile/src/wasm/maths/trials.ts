import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { digammaDifference, trigammaDifference } from './gammaDifference.ts'
import { log1p } from './log.ts'
import { xlog1py, xlogy } from './stable.ts'

/** x·log p + y·log(1 − p). */
export function logOfTrials(l: Lanes, x: Value, y: Value, p: Value): Value {
  return l.add(xlogy(l, x, p), xlog1py(l, y, l.neg(p)))
}

// In float64: derivatives of order 1 or 2 of log probabilities of counts.

type Order = 1 | 2

/** In p of x·log p + y·log(1 − p); 0 where that is −∞. */
export function trialsSlope(order: Order): (l: Lanes, x: Value, y: Value, p: Value) => Value {
  return (l, x, y, p) => {
    const [zero, one] = [l.constant(0), l.constant(1)]
    const term = (count: Value, probability: Value): Value => {
      const ratio = l.div(count, probability)
      return l.select(l.eq(count, zero), zero, order === 1 ? ratio : l.div(ratio, probability))
    }
    const [ofSuccesses, ofFailures] = [term(x, p), term(y, l.sub(one, p))]
    const value = order === 1 ? l.sub(ofSuccesses, ofFailures) : l.neg(l.add(ofSuccesses, ofFailures))
    const isImpossible = l.either(l.both(l.eq(p, zero), l.ne(x, zero)), l.both(l.eq(p, one), l.ne(y, zero)))
    return l.select(isImpossible, zero, value)
  }
}

/** In the mean of the negative binomial distribution. */
export function negativeBinomialInMean(order: Order): (l: Lanes, k: Value, mean: Value, r: Value) => Value {
  return (l, k, mean, r) => {
    const sum = l.add(mean, r)
    if (order === 1) return l.mul(l.div(l.sub(k, mean), mean), l.div(r, sum))
    const ofSum = l.div(l.div(l.add(k, r), sum), sum)
    return l.sub(ofSum, l.div(l.div(k, mean), mean))
  }
}

/** In its concentration. */
export function negativeBinomialInConcentration(
  order: Order,
): (l: Lanes, k: Value, mean: Value, r: Value) => Value {
  return (l, k, mean, r) => {
    const sum = l.add(mean, r)
    const excess = l.div(l.sub(mean, k), sum)
    const ratio = l.div(mean, r)
    if (order === 1) return l.add(l.sub(digammaDifference(l, r, k), log1p(l, ratio)), excess)
    return l.add(trigammaDifference(l, r, k), l.div(l.sub(ratio, excess), sum))
  }
}
