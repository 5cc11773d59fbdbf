import {
  add,
  cast,
  clip,
  constant,
  drawUniform,
  greaterEqual,
  greater,
  less,
  mul,
  neg,
  softplus,
  stopGradient,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { logTrials, weightedMean } from '@variate/core/internal'
import { binaryEntropy } from './binaryEntropy.ts'
import { boolean } from './constraints/boolean.ts'
import { unitInterval } from './constraints/unitInterval.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, ExponentialFamily, Parameter } from './distribution.ts'
import { enumerated } from './enumerated.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { failureOf, logitsOf, oddsOf, successOf, type Odds, type ProbsOrLogits } from './odds.ts'

export interface Bernoulli
  extends
    Distribution,
    ExponentialFamily<Bernoulli>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'bernoulli'
  /** The probability of 1, if it was given. */
  readonly probs?: Parameter
  /** Its log odds, if they were given. */
  readonly logits?: Parameter
}

export type BernoulliOptions = ProbsOrLogits & {
  /** Whether values between 0 and 1 are allowed, such as grey pixels; false if not given. */
  readonly soft?: boolean | undefined
}

/**
 * The Bernoulli distribution, with probability p of 1 and 1 − p of 0.
 *
 * Values between 0 and 1, such as grey pixels, have log probability −∞, unless they are allowed:
 * with `soft: true` the support is [0, 1] and the log probability x·log p + (1 − x)·log(1 − p) between 0 and 1: the
 * cross-entropy, which is not the log of a density. The distribution over [0, 1] with a density of this form is
 * `continuousBernoulli`.
 *
 * @param options.probs p, from 0 to 1; or
 * @param options.logits log(p / (1 − p)), any real number.
 * @param options.soft whether values between 0 and 1 are allowed.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for shapes that do not broadcast.
 * @see Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 3.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { bernoulli } from '@variate/distributions'
 *
 * bernoulli({ probs: 0.3 }).logProb([0, 1]).arraySync() // => [-0.3566749, -1.203973]
 * bernoulli({ logits: [0, 2] }).mean().arraySync() // => [0.5, 0.8807971]
 * bernoulli({ probs: 0.3, soft: true }).logProb(0.5).arraySync() // => -0.7803239
 * bernoulli({ probs: 0.5 }).fit([0, 1, 1, 1]).probs // => 0.75
 * ```
 */
export function bernoulli(options: BernoulliOptions): Bernoulli {
  const base = define('bernoulli', oddsOf('bernoulli', options), {
    support: options.soft ? unitInterval : boolean,
    draw: (p, key, shape) => cast(constant(less(drawUniform(key, shape), successOf(p))), 'int32'),
    logProb: options.soft ? crossEntropy : bernoulliLogProb,
    cdf: (p, x) => where(greaterEqual(x, 1), 1, where(less(x, 0), 0, add(failureOf(p), mul(0, x)))),
    survival: (p, x) => where(greaterEqual(x, 1), 0, where(less(x, 0), 1, add(successOf(p), mul(0, x)))),
    icdf: (p, probability) => where(greater(probability, failureOf(p)), 1, mul(0, probability)),
    mean: successOf,
    variance: (p) => mul(successOf(p), failureOf(p)),
    entropy: binaryEntropy,
    enumerateSupport: (p) => enumerated([0, 1], p),
  })
  return exponentialFamily(base, {
    naturalParameters: (p) => [logitsOf(p)],
    sufficientStatistics: (x) => [x],
    logNormalizer: ([eta]) => softplus(eta!),
    logBaseMeasure: () => 0,
    estimate: (x, w) => ({ probs: clip(weightedMean(x, w), 0, 1) }),
    make: ({ probs }) => bernoulli({ probs, soft: options.soft }),
  }) as Bernoulli
}

/**
 * x·log p + (1 − x)·log(1 − p) of x that are 0 or 1: of logits, with one logarithm for both, −log(1 + e^±logits). Its derivative in
 * x, the logits, is that of the formula: draws whose gradient is a soft draw's have one, whole numbers have none.
 */
export function bernoulliLogProb(odds: Odds, x: Real): Real {
  const { logits } = odds
  if (logits === undefined) return crossEntropy(odds, x)
  const hard = stopGradient(x)
  const log = neg(softplus(mul(sub(1, mul(2, hard)), logits)))
  const isSoft = typeof x !== 'number' && x.dtype === 'float32'
  return isSoft ? add(mul(sub(x, hard), logits), log) : log
}

/** x·log p + (1 − x)·log(1 − p) of x from 0 to 1. */
function crossEntropy({ probs, logits }: Odds, x: Real): Real {
  if (logits === undefined) return logTrials(x, sub(1, x), probs!)
  return neg(add(mul(x, softplus(neg(logits))), mul(sub(1, x), softplus(logits))))
}
