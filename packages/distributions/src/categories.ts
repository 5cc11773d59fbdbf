import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import {
  cast,
  constant,
  equal,
  exp,
  expandDims,
  isTensor,
  log,
  logSoftmax,
  logTrials,
  mul,
  neg,
  plainArray,
  reshape,
  softmax,
  sum,
  where,
  type Real,
} from '@variate/core/ops'
import { categoryLogits } from './constraints/categoryLogits.ts'
import { simplex } from './constraints/simplex.ts'
import type { Numbers, Shape } from './distribution.ts'
import { eitherOf } from './eitherOf.ts'
import { othersOf } from './othersOf.ts'
import { shapeOf } from './parameter.ts'
import type { Given } from './parameters.ts'

/** Probabilities along the last axis, or their logarithms up to a constant: one of the two. */
export type CategoryOptions =
  | { readonly probs: Numbers; readonly logits?: undefined }
  | { readonly logits: Numbers; readonly probs?: undefined }

/** The same as ops take it. */
export interface Categories {
  readonly probs?: Real
  readonly logits?: Real
}

/** @throws DomainError unless exactly one is given; ShapeError if it has no categories. */
export function categoriesOf(who: string, { probs, logits }: CategoryOptions): Given<'probs' | 'logits'> {
  const given = eitherOf(who, { probs, logits }, { probs: simplex, logits: categoryLogits })
  const shape = categoriesShape(probs ?? logits, who)
  if (shape.at(-1) === 0) {
    const name = probs === undefined ? 'logits' : 'probs'
    throw new ShapeError(`${who}: ${name} must have at least one category, got shape [${shape}]`)
  }
  return given
}

/** How many categories there are: the length of the last axis, 0 if there is none. */
export function categoryCount(vector: Numbers | undefined, who: string): number {
  return categoriesShape(vector, who).at(-1) ?? 0
}

function categoriesShape(vector: Numbers | undefined, who: string): Shape {
  const plain =
    typeof vector === 'number' || vector === undefined || isTensor(vector)
      ? (vector ?? 0)
      : plainArray(vector as never, who)
  return shapeOf(plain)
}

/** Probabilities, of shape [..., K]. */
export function probabilitiesOf({ probs, logits }: Categories): Tensor {
  return logits === undefined ? (probs as Tensor) : softmax(logits as Tensor)
}

/** Their logarithms, −∞ for what is impossible. */
export function logProbabilitiesOf({ probs, logits }: Categories): Tensor {
  return logits === undefined ? logOf(probs as Tensor) : logSoftmax(logits as Tensor)
}

/** Log weights, normalised or not: the natural parameters. */
export function naturalOf({ probs, logits }: Categories): Tensor {
  return logits === undefined ? logOf(probs as Tensor) : (logits as Tensor)
}

/** log x, with −∞ at 0 and a derivative of 0 there. */
export function logOf(x: Tensor): Tensor {
  const isZero = equal(x, 0)
  return where(isZero, -Infinity, log(where(isZero, 1, x))) as Tensor
}

/** Σ k·log p over the categories, 0·log 0 = 0. */
export function weightedLogs({ probs, logits }: Categories, k: Tensor): Tensor {
  if (logits === undefined) return sum(logTrials(k, 0, probs as Tensor), -1)
  return sum(where(equal(k, 0), 0, mul(k, logSoftmax(logits as Tensor))) as Tensor, -1)
}

/** −Σ p·log p, in nats. */
export function categoryEntropy(categories: Categories): Tensor {
  return entropyOf(logProbabilitiesOf(categories))
}

/** The same from log p along the last axis. */
export function entropyOf(logs: Tensor): Tensor {
  return neg(sum(mul(exp(logs), where(equal(logs, -Infinity), 0, logs)) as Tensor, -1))
}

/** Vectors of length K that are 1 at an index, else 0, of shape [...indices, K]; NaN becomes 0 throughout. */
export function unitVectors(indices: Tensor, length: number, dtype: 'float32' | 'int32' = 'float32'): Tensor {
  const places = constant(Array.from({ length }, (_, i) => i))
  return cast(equal(expandDims(indices, -1), places), dtype)
}

/** All unit vectors as `enumerateSupport` gives them: of shape [K, ...1 for each axis of the batch, K]. */
export function allUnitVectors(probabilities: Tensor): Tensor {
  const length = probabilities.shape.at(-1)!
  const places = constant(Array.from({ length }, (_, i) => i))
  const shape = [length, ...probabilities.shape.slice(0, -1).map(() => 1), length]
  return reshape(unitVectors(places, length, 'int32'), shape)
}

/** factor·(diag(p) − p·pᵀ), of shape [..., K, K]. */
export function categoryCovariance(p: Tensor, factor: Real): Tensor {
  const length = p.shape.at(-1)!
  const identity = unitVectors(constant(Array.from({ length }, (_, i) => i)), length)
  const between = neg(mul(expandDims(p, -1), expandDims(p, -2)))
  // p·(1 − p), of which 1 − p would cancel next to 1.
  const within = expandDims(mul(p, othersOf(p)) as Tensor, -1)
  return mul(column(column(factor)), where(identity, within, between)) as Tensor
}

/** One number for each of a batch with an axis of length 1 for its event. */
export function column(x: Real): Real {
  return isTensor(x) ? expandDims(x, -1) : x
}
