import {
  equal,
  log,
  logSigmoid,
  logSoftmax,
  mul,
  neg,
  sigmoid,
  softmax,
  sub,
  sum,
  where,
  type Real,
} from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'

/** Parameters of a distribution of which one gives the probabilities. */
export interface Weighted {
  readonly probs?: Real
  readonly logits?: Real
}

/** The probability of an outcome, and its logarithm where it is not 0. */
export interface Outcome {
  readonly probability: Real
  readonly logProbability: Real
}

/** Success and failure. */
export function successAndFailure({ probs, logits }: Weighted): readonly [Outcome, Outcome] {
  if (logits !== undefined) {
    return [
      { probability: sigmoid(logits), logProbability: logSigmoid(logits) },
      { probability: sigmoid(neg(logits)), logProbability: logSigmoid(neg(logits)) },
    ]
  }
  return [ofProbability(probs!), ofProbability(sub(1, probs!))]
}

/** The categories, along the last axis. */
export function categories({ probs, logits }: Weighted): Outcome {
  if (logits === undefined) return ofProbability(probs!)
  const tensor = logits as Tensor
  return { probability: softmax(tensor), logProbability: logSoftmax(tensor) }
}

/** p·log(p/q), 0 where p is 0, ∞ where only q is. */
export function divergenceTerm(p: Outcome, q: Outcome): Real {
  const isImpossible = equal(p.probability, 0)
  const logRatio = sub(where(isImpossible, 0, p.logProbability), where(isImpossible, 0, q.logProbability))
  const isMissed = equal(where(isImpossible, 1, q.probability), 0)
  return where(isMissed, Infinity, mul(p.probability, where(isMissed, 0, logRatio)))
}

/** One outcome of a probability that is given. */
export function ofProbability(probability: Real): Outcome {
  return { probability, logProbability: log(where(equal(probability, 0), 1, probability)) }
}

/** The sum over the categories. */
export function sumOverCategories(term: Real): Real {
  return sum(term as Tensor, -1)
}
