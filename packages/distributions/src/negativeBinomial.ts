import { NumericalError } from '@variate/core'
import {
  add,
  div,
  drawGamma,
  drawPoisson,
  log,
  log1mexp,
  logSigmoid,
  mul,
  neg,
  splitKey,
  sub,
  type AnyKey,
  type Real,
} from '@variate/core/ops'
import {
  logNegativeBinomialDensity,
  logNegativeBinomialTrials,
  negativeBinomialEntropy,
  weightedMean,
} from '@variate/core/internal'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { positive } from './constraints/positive.ts'
import { unitIntervalBelowOne } from './constraints/unitIntervalBelowOne.ts'
import { define } from './define.ts'
import type {
  Capabilities,
  Distribution,
  ExponentialFamily,
  Numbers,
  Parameter,
  Shape,
} from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { logChoose } from './logChoose.ts'
import { failureOf, oddsOf, ratioOf, type Odds, type ProbsOrLogits } from './odds.ts'
import { successesBefore } from './successesBefore.ts'

export interface NegativeBinomial
  extends
    Distribution,
    ExponentialFamily<NegativeBinomial>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'negativeBinomial'
  /** The number of failures that end the trials; not only whole ones. */
  readonly total: Parameter
  /** The probability of a success, if it was given. */
  readonly probs?: Parameter
  /** Its log odds, if they were given. */
  readonly logits?: Parameter
}

type P = Odds & { readonly total: Real }

/**
 * The negative binomial distribution of the number of successes before `total` failures, with probability
 * Γ(x + total) / (x!·Γ(total))·pˣ·(1 − p)^total of x = 0, 1, 2, …: a Poisson distribution whose rate has the gamma
 * distribution of concentration `total` and mean total·p/(1 − p). As an exponential family it has a known total.
 *
 * @param total the number of failures, > 0, not only whole.
 * @param options.probs p, from 0 to below 1; or
 * @param options.logits log(p / (1 − p)), any real number.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for shapes that do not broadcast; NumericalError by `sample` for a count
 * above 2³¹ − 1, for draws are int32.
 * @see Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 5.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { negativeBinomial } from '@variate/distributions'
 *
 * negativeBinomial(3, { probs: 0.4 }).logProb([0, 2, 10]).arraySync() // => [-1.532477, -1.573299, -6.50573]
 * negativeBinomial(3, { probs: 0.4 }).mean().arraySync() // => 2
 * negativeBinomial(3, { probs: 0.4 }).entropy().arraySync() // => 1.847332
 * negativeBinomial(3, { probs: 0.5 }).fit([1, 2, 6]).probs // => 0.5
 * ```
 */
export function negativeBinomial(total: Numbers, options: ProbsOrLogits): NegativeBinomial {
  const odds = oddsOf('negativeBinomial', options, unitIntervalBelowOne)
  const base = define('negativeBinomial', { total: [total, positive], ...odds } as const, {
    support: nonnegativeInteger,
    draw: (p, key, shape) => drawByRate('negativeBinomial', key, shape, p.total, ratioOf(p)),
    logProb,
    ...successesBefore((p: P) => [p.total, ratioOf(p)]),
    mean: (p) => mul(p.total, ratioOf(p)),
    variance: (p) => div(mul(p.total, ratioOf(p)), failureOf(p)),
    entropy: (p) => negativeBinomialEntropy(p.total, ratioOf(p)),
  })
  return exponentialFamily(base, {
    naturalParameters: ({ probs, logits }: Odds) => [logits === undefined ? log(probs!) : logSigmoid(logits)],
    sufficientStatistics: (x) => [x],
    logNormalizer: ([eta], p) => neg(mul(p.total, log1mexp(eta!))),
    logBaseMeasure: (x, p) => logChoose(x, sub(p.total, 1)),
    estimate: (x, w, p) => {
      const mean = weightedMean(x, w)
      return { probs: div(mean, add(mean, p.total)) }
    },
    make: ({ probs }) => negativeBinomial(total, { probs }),
  }) as NegativeBinomial
}

function logProb({ total, probs, logits }: P, x: Real): Real {
  return logits === undefined
    ? logNegativeBinomialTrials(x, total, probs!)
    : logNegativeBinomialDensity(x, total, logits)
}

/** Counts of Poisson distributions whose rates have gamma distributions of a concentration and a scale. */
export function drawByRate(name: string, key: AnyKey, shape: Shape, concentration: Real, scale: Real): Real {
  const [ofRate, ofCount] = splitKey(key) as [AnyKey, AnyKey]
  const rate = mul(scale, drawGamma(ofRate, shape, concentration))
  try {
    return drawPoisson(ofCount, shape, rate)
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error
    throw new NumericalError(`${name}: its rate has a gamma distribution: ${error.message}`, { cause: error })
  }
}
