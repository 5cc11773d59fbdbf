import type { Tensor } from '@tensorflow/tfjs-core'
import { drawCategorical, expandDims, logSumExp, mul, sub } from '@variate/core/ops'
import { weightedMean } from '@variate/core/internal'
import {
  allUnitVectors,
  categoriesOf,
  categoryCovariance,
  categoryEntropy,
  naturalOf,
  probabilitiesOf,
  unitVectors,
  weightedLogs,
  type CategoryOptions,
} from './categories.ts'
import { oneHot } from './constraints/oneHot.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, ExponentialFamily, Parameter } from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

export interface OneHotCategorical
  extends
    Distribution,
    HasCovariance,
    ExponentialFamily<OneHotCategorical>,
    Pick<Capabilities, 'mean' | 'variance' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'oneHotCategorical'
  /** The probabilities of the categories, if they were given. */
  readonly probs?: Parameter
  /** Their logarithms up to a constant, if they were given. */
  readonly logits?: Parameter
}

/**
 * The categorical distribution on unit vectors of length K, with probability probs[k] of the one whose entry k is 1.
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
 * import { oneHotCategorical } from '@variate/distributions'
 *
 * const d = oneHotCategorical({ probs: [0.5, 0.125, 0.375] })
 * d.logProb([[1, 0, 0], [0, 0, 1], [1, 1, 0]]).arraySync() // => [-0.6931472, -0.980829, -Infinity]
 * d.mean().arraySync() // => [0.5, 0.125, 0.375]
 * ```
 */
export function oneHotCategorical(options: CategoryOptions): OneHotCategorical {
  const [given, count] = categoriesOf('oneHotCategorical', options)
  const base = define('oneHotCategorical', given, {
    support: oneHot,
    eventShape: [count],
    draw: (p, key, shape) =>
      unitVectors(drawCategorical(key, shape.slice(0, -1), probabilitiesOf(p)), count, 'int32'),
    logProb: weightedLogs,
    mean: probabilitiesOf,
    variance: (p) => mul(probabilitiesOf(p), sub(1, probabilitiesOf(p))),
    entropy: categoryEntropy,
    enumerateSupport: (p) => allUnitVectors(probabilitiesOf(p)),
  })
  const complete = withCovariance(base, (p) => categoryCovariance(probabilitiesOf(p), 1))
  return exponentialFamily(complete, {
    naturalParameters: (p) => [naturalOf(p)],
    sufficientStatistics: (x) => [x],
    logNormalizer: ([eta]) => logSumExp(eta as Tensor, -1),
    logBaseMeasure: () => 0,
    estimate: (x, w) => ({ probs: weightedMean(x, expandDims(w, -1)) }),
    make: ({ probs }) => oneHotCategorical({ probs }),
  }) as OneHotCategorical
}
