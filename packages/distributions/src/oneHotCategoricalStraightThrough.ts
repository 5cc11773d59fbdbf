import type { Tensor } from '@tensorflow/tfjs-core'
import { add, cast, cumsum, drawGumbel, equal, max, mul, softmax, stopGradient, sub } from '@variate/core/ops'
import {
  allUnitVectors,
  categoriesOf,
  categoryEntropy,
  column,
  probabilitiesOf,
  weightedLogs,
  type CategoryOptions,
} from './categories.ts'
import { oneHot } from './constraints/oneHot.ts'
import { positive } from './constraints/positive.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { perturbed } from './gumbelSoftmax.ts'

export interface OneHotCategoricalStraightThrough
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'mean' | 'variance' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'oneHotCategoricalStraightThrough'
  /** Of the soft draws, whose gradient is taken. */
  readonly temperature: Parameter
  /** The probabilities of the categories, if they were given. */
  readonly probs?: Parameter
  /** Their logarithms up to a constant, if they were given. */
  readonly logits?: Parameter
}

/**
 * `oneHotCategorical`, with draws whose gradient is that of a soft draw: each draw is the unit vector of the largest entry
 * of a draw of `gumbelSoftmax(temperature, …)`, which follows the categorical distribution exactly; its derivative is
 * the soft draw's. Gradients of expectations by such draws are biased: the less so, and the noisier, the lower the
 * temperature. Draws are float32.
 *
 * @param temperature > 0.
 * @param options.probs probabilities along the last axis, of shape [...batch, K]: each ≥ 0, with sum 1 within 1e-5; or
 * @param options.logits their logarithms up to a constant, of the same shape; −Infinity for what is impossible.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for parameters without an axis, and shapes that do not broadcast.
 * @see Jang, Gu and Poole, "Categorical reparameterization with Gumbel-softmax" (2017), §2.2.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { key } from '@variate/core'
 * import { oneHotCategoricalStraightThrough } from '@variate/distributions'
 *
 * const d = oneHotCategoricalStraightThrough(0.5, { probs: [0, 1, 0] })
 * d.sample(key(0)).arraySync() // => [0, 1, 0]
 * d.logProb([0, 1, 0]).arraySync() // => 0
 * ```
 */
export function oneHotCategoricalStraightThrough(
  temperature: Numbers,
  options: CategoryOptions,
): OneHotCategoricalStraightThrough {
  const name = 'oneHotCategoricalStraightThrough'
  const [categories, count] = categoriesOf(name, options)
  return define(name, { temperature: [temperature, positive], ...categories } as const, {
    support: oneHot,
    eventShape: [count],
    reparameterized: true,
    draw: (p, key, shape) => {
      const soft = perturbed(p, drawGumbel(key, shape))
      return straightThrough(largest(soft), softmax(soft))
    },
    logProb: (p, x) => weightedLogs(p, x),
    mean: (p) => probabilitiesOf(p),
    variance: (p) => mul(probabilitiesOf(p), sub(1, probabilitiesOf(p))),
    entropy: (p) => categoryEntropy(p),
    enumerateSupport: (p) => allUnitVectors(mul(probabilitiesOf(p), column(p.temperature)) as Tensor),
  }) as OneHotCategoricalStraightThrough
}

/** The value of one with the gradient of the other. */
export function straightThrough(hard: Tensor, soft: Tensor): Tensor {
  return add(hard, sub(soft, stopGradient(soft))) as Tensor
}

/** 1 at the first of the largest entries along the last axis, else 0. */
function largest(x: Tensor): Tensor {
  const isLargest = cast(equal(x, max(x, -1, true)), 'float32')
  return mul(isLargest, equal(cumsum(isLargest), 1)) as Tensor
}
