import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp } from './exp.ts'
import { log, log1p } from './log.ts'
import { sigmoid } from './sigmoid.ts'

// In float64: the relaxed Bernoulli distribution at x, with u = logits − t·log(x/(1 − x)).

/** log x, log(1 − x) and u. */
function parts(l: Lanes, x: Value, t: Value, logits: Value): readonly [Value, Value, Value] {
  const [logX, logY] = [log(l, x), log1p(l, l.neg(x))]
  return [logX, logY, l.sub(logits, l.mul(t, l.sub(logX, logY)))]
}

/** log(t·σ(u)·σ(−u)/(x·(1 − x))). */
export function logRelaxedBernoulli(l: Lanes, x: Value, t: Value, logits: Value): Value {
  const [logX, logY, u] = parts(l, x, t, logits)
  // softplus(u) + softplus(−u) = 2·softplus(−|u|) + |u|.
  const rest = l.mul(l.constant(2), log1p(l, exp(l, l.neg(l.abs(u)))))
  return l.sub(l.sub(l.sub(log(l, t), l.add(l.abs(u), rest)), logX), logY)
}

/** Its derivative in x, (t − 1)·(1/x − 1/y) − 2t·(σ(−u)/x − σ(u)/y). */
export function logRelaxedBernoulliSlope(l: Lanes, x: Value, t: Value, logits: Value): Value {
  const one = l.constant(1)
  const y = l.sub(one, x)
  const [, , u] = parts(l, x, t, logits)
  const [ofX, ofY] = [l.div(sigmoid(l, l.neg(u)), x), l.div(sigmoid(l, u), y)]
  const ends = l.mul(l.sub(t, one), l.sub(l.div(one, x), l.div(one, y)))
  return l.sub(ends, l.mul(l.add(t, t), l.sub(ofX, ofY)))
}
