import {
  add,
  div,
  drawGeometric,
  exp,
  log1mexp,
  log1p,
  logSigmoid,
  mul,
  neg,
  softplus,
  sub,
  type Real,
} from '@variate/core/ops'
import { logTrials, weightedMean } from '@variate/core/internal'
import { binaryEntropy } from './binaryEntropy.ts'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { unitIntervalAboveZero } from './constraints/unitIntervalAboveZero.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, ExponentialFamily, Parameter } from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { oddsOf, successOf, type Odds, type ProbsOrLogits } from './odds.ts'
import { successesBefore } from './successesBefore.ts'

export interface Geometric
  extends
    Distribution,
    ExponentialFamily<Geometric>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'geometric'
  /** The probability of a success, if it was given. */
  readonly probs?: Parameter
  /** Its log odds, if they were given. */
  readonly logits?: Parameter
}

/**
 * The geometric distribution of the number of failures before the first success, with probability p·(1 − p)ˣ of
 * x = 0, 1, 2, …
 *
 * @param options.probs p, above 0 and up to 1; or
 * @param options.logits log(p / (1 − p)), any real number.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for shapes that do not broadcast; NumericalError by `sample` for a count
 * above 2³¹ − 1, for draws are int32.
 * @see Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), §5.2.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { geometric } from '@variate/distributions'
 *
 * geometric({ probs: 0.3 }).logProb([0, 1, 5]).arraySync() // => [-1.203973, -1.560648, -2.987348]
 * geometric({ probs: 0.25 }).mean().arraySync() // => 3
 * geometric({ probs: 0.5 }).fit([0, 1, 5]).probs // => 0.3333333
 * ```
 */
export function geometric(options: ProbsOrLogits): Geometric {
  const base = define('geometric', oddsOf('geometric', options, unitIntervalAboveZero), {
    support: nonnegativeInteger,
    draw: (p, key, shape) => drawGeometric(key, shape, successOf(p)),
    logProb,
    ...successesBefore((p: Odds) => [1, failuresPerSuccess(p)]),
    mean: failuresPerSuccess,
    variance: (p) => div(failuresPerSuccess(p), successOf(p)),
    entropy: (p) => div(binaryEntropy(p), successOf(p)),
  })
  return exponentialFamily(base, {
    naturalParameters: (p) => [logOfFailure(p)],
    sufficientStatistics: (x) => [x],
    logNormalizer: ([eta]) => neg(log1mexp(eta!)),
    logBaseMeasure: () => 0,
    estimate: (x, w) => ({ probs: div(1, add(1, weightedMean(x, w))) }),
    make: ({ probs }) => geometric({ probs }),
  }) as Geometric
}

/** log p + x·log(1 − p): one success and x failures in this order. */
function logProb({ probs, logits }: Odds, x: Real): Real {
  return logits === undefined ? logTrials(1, x, probs!) : sub(logSigmoid(logits), mul(x, softplus(logits)))
}

function logOfFailure({ probs, logits }: Odds): Real {
  return logits === undefined ? log1p(neg(probs!)) : neg(softplus(logits))
}

function failuresPerSuccess({ probs, logits }: Odds): Real {
  return logits === undefined ? div(sub(1, probs!), probs!) : exp(neg(logits))
}
