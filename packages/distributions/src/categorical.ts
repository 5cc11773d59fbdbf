import { drawCategorical, expandDims, logSumExp, pick, type Real } from '@variate/core/ops'
import { weightedMean } from '@variate/core/internal'
import type { Tensor } from '@tensorflow/tfjs-core'
import {
  categoriesOf,
  categoryEntropy,
  logOf,
  logProbabilitiesOf,
  naturalOf,
  probabilitiesOf,
  unitVectors,
  type Categories,
  type CategoryOptions,
} from './categories.ts'
import { integerInterval } from './constraints/integerInterval.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, ExponentialFamily, Parameter } from './distribution.ts'
import { enumerated, wholeNumbers } from './enumerated.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { byProbabilities } from './tabulated.ts'

export interface Categorical
  extends
    Distribution,
    ExponentialFamily<Categorical>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'categorical'
  /** The probabilities of the categories, if they were given. */
  readonly probs?: Parameter
  /** Their logarithms up to a constant, if they were given. */
  readonly logits?: Parameter
}

/**
 * The categorical distribution on 0, 1, …, K − 1, with probability probs[x] of x.
 *
 * @param options.probs probabilities along the last axis, of shape [...batch, K]: each ≥ 0, with sum 1 within 1e-5; or
 * @param options.logits their logarithms up to a constant, of the same shape; −Infinity for what is impossible.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for parameters without an axis, and shapes that do not broadcast.
 * @see Murphy, Probabilistic Machine Learning: An Introduction (2022), §2.5.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { categorical } from '@variate/distributions'
 *
 * categorical({ probs: [0.5, 0.125, 0.375] }).logProb([0, 2, 3]).arraySync() // => [-0.6931472, -0.980829, -Infinity]
 * categorical({ probs: [0.5, 0.125, 0.375] }).icdf([0.5, 0.6, 1]).arraySync() // => [0, 1, 2]
 * categorical({ logits: [[0, 0], [0, -Infinity]] }).entropy().arraySync() // => [0.6931472, 0]
 * categorical({ probs: [0.5, 0.5] }).fit([0, 0, 0, 1]).probs // => { shape: [2], data: [0.75, 0.25] }
 * ```
 */
export function categorical(options: CategoryOptions): Categorical {
  const [given, count] = categoriesOf('categorical', options)
  const base = define('categorical', given, {
    support: integerInterval(0, count - 1),
    draw: (p, key, shape) => drawCategorical(key, shape, probabilitiesOf(p)),
    logProb,
    ...byProbabilities(probabilitiesOf),
    entropy: categoryEntropy,
    enumerateSupport: (p) => enumerated(wholeNumbers(0, count - 1), p, 1),
  })
  return exponentialFamily(base, {
    ranks: [1],
    naturalParameters: (p) => [naturalOf(p)],
    sufficientStatistics: (x) => [unitVectors(x, count)],
    logNormalizer: ([eta]) => logSumExp(eta as Tensor, -1),
    logBaseMeasure: () => 0,
    estimate: (x, w) => ({ probs: weightedMean(unitVectors(x, count), expandDims(w, -1)) }),
    make: ({ probs }) => categorical({ probs }),
  }) as Categorical
}

function logProb(p: Categories, x: Tensor): Real {
  return p.logits === undefined ? logOf(pick(p.probs as Tensor, x)) : pick(logProbabilitiesOf(p), x)
}
