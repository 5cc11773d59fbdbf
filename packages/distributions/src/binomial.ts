import {
  add,
  clip,
  div,
  drawBinomial,
  floor,
  maximum,
  mul,
  softplus,
  sub,
  type Real,
} from '@variate/core/ops'
import {
  binomialCdf,
  binomialQuantile,
  binomialSurprise,
  logBinomialDensity,
  logBinomialTrials,
  logGammaDensity,
  weightedMean,
} from '@variate/core/internal'
import { integerInterval } from './constraints/integerInterval.ts'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, ExponentialFamily, Numbers, Parameter } from './distribution.ts'
import { commonNumber, enumerated, wholeNumbers } from './enumerated.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { logChoose } from './logChoose.ts'
import { failureOf, logitsOf, oddsOf, successOf, type Odds, type ProbsOrLogits } from './odds.ts'

export interface Binomial
  extends
    Distribution,
    ExponentialFamily<Binomial>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'binomial'
  /** The number of trials. */
  readonly total: Parameter
  /** The probability of a success, if it was given. */
  readonly probs?: Parameter
  /** Its log odds, if they were given. */
  readonly logits?: Parameter
}

/**
 * The binomial distribution of the number of successes in independent trials, with probability
 * C(total, x)·pˣ·(1 − p)^(total − x) of x = 0, 1, …, total. As an exponential family it has a known total.
 *
 * @param total the number of trials, whole and ≥ 0. `enumerateSupport` needs the same one in the whole batch.
 * @param options.probs p, from 0 to 1; or
 * @param options.logits log(p / (1 − p)), any real number.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for shapes that do not broadcast; NumericalError by `sample` for a count
 * above 2³¹ − 1, for draws are int32.
 * @see Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 3; Loader, "Fast and accurate computation
 * of binomial probabilities" (2000).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { binomial } from '@variate/distributions'
 *
 * binomial(10, { probs: 0.3 }).logProb([0, 3, 10]).arraySync() // => [-3.566749, -1.321151, -12.03973]
 * binomial(10, { probs: 0.3 }).cdf(3).arraySync() // => 0.6496107
 * binomial(4, { probs: 0.5 }).fit([1, 2, 0]).probs // => 0.25
 * ```
 */
export function binomial(total: Numbers, options: ProbsOrLogits): Binomial {
  const given = { total: [total, nonnegativeInteger], ...oddsOf('binomial', options) } as const
  const base = define('binomial', given, {
    support: () => integerInterval(0, total),
    draw: (p, key, shape) => drawBinomial(key, shape, p.total, successOf(p)),
    logProb,
    cdf: (p, x) => binomialCdf(x, p.total, successOf(p), failureOf(p)),
    survival: (p, x) => binomialCdf(sub(sub(p.total, 1), floor(x)), p.total, failureOf(p), successOf(p)),
    icdf: (p, probability) => binomialQuantile(probability, p.total, successOf(p), failureOf(p)),
    mean: (p) => mul(p.total, successOf(p)),
    variance: (p) => mul(p.total, mul(successOf(p), failureOf(p))),
    entropy: (p) => {
      const surprises = add(binomialSurprise(p.total, successOf(p)), binomialSurprise(p.total, failureOf(p)))
      return add(surprises, logGammaDensity(add(p.total, 1), p.total))
    },
    enumerateSupport: (p) => enumerated(wholeNumbers(0, commonNumber(p.total, 'binomial: total')), p),
  })
  return exponentialFamily(base, {
    naturalParameters: (p) => [logitsOf(p)],
    sufficientStatistics: (x) => [x],
    logNormalizer: ([eta], p) => mul(p.total, softplus(eta!)),
    logBaseMeasure: (x, p) => logChoose(x, sub(p.total, x)),
    estimate: (x, w, p) => ({ probs: clip(div(weightedMean(x, w), maximum(p.total, 1)), 0, 1) }),
    make: ({ probs }) => binomial(total, { probs }),
  }) as Binomial
}

function logProb({ total, probs, logits }: Odds & { readonly total: Real }, x: Real): Real {
  return logits === undefined ? logBinomialTrials(x, total, probs!) : logBinomialDensity(x, total, logits)
}
