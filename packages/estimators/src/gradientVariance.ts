import type { Tensor } from '@tensorflow/tfjs-core'
import { batch } from '@variate/compile'
import { abs, div, mean, mul, sqrt, square, sub, sum } from '@variate/core/ops'
import type { Estimator } from './estimator.ts'
import { mapTree, zipTrees } from './gradientOf.ts'
import type { ObjectiveParameters, Problem, Tree } from './problem.ts'

/** Moments of the gradient that an estimator gives, of the structure of the parameters. */
export interface GradientVariance {
  readonly mean: ObjectiveParameters
  /** With one key less for the divisor. */
  readonly variance: ObjectiveParameters
  /** |mean| over the standard deviation; of entries that do not vary ∞, or NaN if they are 0. */
  readonly signalToNoise: ObjectiveParameters
}

/**
 * How an estimator's gradient varies, entry by entry, over draws at the same parameters: a pure function of tensors.
 *
 * @param problem log p and log q, and how to draw.
 * @param estimator what estimates the gradient.
 * @param parameters where it is measured.
 * @param keys a key for each estimate, int32 [count, 2]; at least two.
 * @param state what the estimator has kept from earlier steps; it is the same for all.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import type { Tensor } from '@tensorflow/tfjs-core'
 * import { key, split } from '@variate/core'
 * import { add, constant, drawNormal, fill, mul, square, sub } from '@variate/core/ops'
 * import { gradientVariance, reparameterization, type Problem } from '@variate/estimators'
 *
 * // log p = −z²/2, q = N(loc, 1): the gradient in loc is −z, and varies by 1.
 * const problem: Problem = {
 *   sizes: new Map(),
 *   terms: [{ name: 'z', plates: [], scale: 1 }],
 *   factors: [
 *     { name: 'z', sites: ['z'], plates: [], scale: 1, draws: 'reparameterized', terms: [], factors: [] },
 *   ],
 *   draw: ({ guide }, own) => ({ z: add(guide['loc'] as Tensor, drawNormal(own, [])) }),
 *   logQ: ({ guide }, { z }) => ({ z: mul(-0.5, square(sub(z!, guide['loc'] as Tensor))) }),
 *   logP: (_, { z }) => ({ z: mul(-0.5, square(z!)) }),
 * }
 * const keys = constant(split(key(0), 1000).map((own) => [...own].map((word) => word | 0)), 'int32')
 * const parameters = { model: {}, guide: { loc: fill([], 2) } }
 * const { variance } = gradientVariance(problem, reparameterization(), parameters, keys, {})
 * Math.abs((variance.guide['loc'] as Tensor).dataSync()[0]! - 1) < 0.2 // => true
 * ```
 */
export function gradientVariance(
  problem: Problem,
  estimator: Estimator,
  parameters: ObjectiveParameters,
  keys: Tensor,
  state: Tree,
): GradientVariance {
  const all = batch((key: Tensor) => estimator.estimate(problem, parameters, key, state).gradients)(keys)
  const means = mapTree(all as unknown as Tree, (x) => mean(x, 0)) as unknown as ObjectiveParameters
  const variance = zipTrees(all, means, (x, m) => mul(1 / (keys.shape[0]! - 1), sum(square(sub(x, m)), 0)))
  return { mean: means, variance, signalToNoise: zipTrees(means, variance, (m, v) => div(abs(m), sqrt(v))) }
}
