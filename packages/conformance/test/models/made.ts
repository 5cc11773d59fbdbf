import type { Tensor } from '@tensorflow/tfjs-core'
import { add, constant, div, gather, matVec, mul, sigmoid, sqrt, sum } from '@variate/core/ops'
import {
  bernoulli,
  beta,
  betaBinomial,
  binomial,
  categorical,
  dirichlet,
  discreteUniform,
  gamma,
  inverseGamma,
  multivariateNormal,
  normal,
  poisson,
  type Distribution,
} from '@variate/distributions'
import { nested, type Expression, type Made } from './description.ts'

/** What a site's function is given. */
export type Environment = Readonly<Record<string, Tensor>>

const MAKERS: Readonly<Record<Made['family'], (...parameters: Tensor[]) => Distribution>> = {
  bernoulli: (probs) => bernoulli({ probs: probs! }),
  bernoulliLogits: (logits) => bernoulli({ logits: logits! }),
  categorical: (probs) => categorical({ probs: probs! }),
  binomial: (total, probs) => binomial(total!, { probs: probs! }),
  discreteUniform: (low, high) => discreteUniform(low!, high!),
  betaBinomial: (a, b, total) => betaBinomial(a!, b!, total!),
  poisson: (rate) => poisson(rate!),
  normal: (loc, scale) => normal(loc!, scale!),
  multivariateNormal: (loc, scaleTril) => multivariateNormal(loc!, { scaleTril: scaleTril! }),
  gamma: (concentration, rate) => gamma(concentration!, rate!),
  inverseGamma: (concentration, rate) => inverseGamma(concentration!, rate!),
  beta: (concentration1, concentration0) => beta(concentration1!, concentration0!),
  dirichlet: (concentration) => dirichlet(concentration!),
}

/** A distribution as a function of what a site sees, now and in the step before. */
export function distributionOf({ family, parameters }: Made) {
  const values = parameters.map(valueOf)
  return (seen: Environment, before: Environment): Distribution =>
    MAKERS[family](...values.map((value) => value(seen, before)))
}

const inverseSqrt = (x: Tensor) => div(1, sqrt(x))

/** An expression as a function with the operations of a model. */
export function valueOf(expression: Expression): (seen: Environment, before: Environment) => Tensor {
  if (expression.kind === 'constant') {
    // A single number stays one, as people write it.
    const value = nested(expression.value)
    return () => (typeof value === 'number' ? (value as never) : constant(value as never))
  }
  if ('site' in expression) {
    const { kind, site } = expression
    return (seen, before) => (kind === 'read' ? seen : before)[site]!
  }
  const of = valueOf(expression.of)
  if (!('by' in expression)) {
    const operation = { sum, sigmoid, sqrt, inverseSqrt }[expression.kind] as (x: Tensor) => Tensor
    return (...environments) => operation(of(...environments))
  }
  const by = valueOf(expression.by)
  const combined = { add, mul, gather, matVec }[expression.kind] as (a: Tensor, b: Tensor) => Tensor
  return (...environments) => combined(of(...environments), by(...environments))
}
