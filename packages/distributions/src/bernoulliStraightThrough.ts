import type { Tensor } from '@tensorflow/tfjs-core'
import { cast, greater, mul } from '@variate/core/ops'
import { binaryEntropy } from './binaryEntropy.ts'
import { bernoulliLogProb } from './bernoulli.ts'
import { boolean } from './constraints/boolean.ts'
import { positive } from './constraints/positive.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { enumerated } from './enumerated.ts'
import { failureOf, oddsOf, successOf, type ProbsOrLogits } from './odds.ts'
import { straightThrough } from './oneHotCategoricalStraightThrough.ts'
import { drawSoft } from './relaxedBernoulli.ts'

export interface BernoulliStraightThrough
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'mean' | 'variance' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'bernoulliStraightThrough'
  /** Of the soft draws, whose gradient is taken. */
  readonly temperature: Parameter
  /** The probability of 1, if it was given. */
  readonly probs?: Parameter
  /** Its log odds, if they were given. */
  readonly logits?: Parameter
}

/**
 * `bernoulli`, with draws whose gradient is that of a soft draw: each draw is that of `relaxedBernoulli(temperature, …)`
 * rounded to 0 or 1, which follows the Bernoulli distribution exactly; its derivative is the soft draw's. Gradients of
 * expectations by such draws are biased. Draws are float32.
 *
 * @param temperature > 0.
 * @param options.probs the probability of 1, from 0 to 1; or
 * @param options.logits log(probs / (1 − probs)), any real number.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for shapes that do not broadcast.
 * @see Bengio, Léonard and Courville, "Estimating or propagating gradients through stochastic neurons" (2013).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { bernoulliStraightThrough } from '@variate/distributions'
 *
 * bernoulliStraightThrough(0.5, { probs: 0.3 }).logProb([0, 1]).arraySync() // => [-0.3566749, -1.203973]
 * ```
 */
export function bernoulliStraightThrough(
  temperature: Numbers,
  options: ProbsOrLogits,
): BernoulliStraightThrough {
  const name = 'bernoulliStraightThrough'
  return define(name, { temperature: [temperature, positive], ...oddsOf(name, options) } as const, {
    support: boolean,
    reparameterized: true,
    draw: (p, key, shape) => {
      const soft = drawSoft(p, key, shape) as Tensor
      return straightThrough(cast(greater(soft, 0.5) as Tensor, 'float32'), soft)
    },
    logProb: (p, x) => bernoulliLogProb(p, x),
    mean: (p) => successOf(p),
    variance: (p) => mul(successOf(p), failureOf(p)),
    entropy: (p) => binaryEntropy(p),
    enumerateSupport: (p) => enumerated([0, 1], p),
  }) as BernoulliStraightThrough
}
