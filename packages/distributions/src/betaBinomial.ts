import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  div,
  drawBinomial,
  drawLogOdds,
  equal,
  exp,
  log,
  logNegativeBinomialDensity,
  mul,
  sigmoid,
  splitKey,
  stopGradient,
  sub,
  where,
  type AnyKey,
  type Real,
} from '@variate/core/ops'
import { integerInterval } from './constraints/integerInterval.ts'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { positive } from './constraints/positive.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter } from './distribution.ts'
import { commonNumber, enumerated, wholeNumbers } from './enumerated.ts'
import { byProbabilities, tabulate, tabulatedEntropy } from './tabulated.ts'

export interface BetaBinomial
  extends
    Distribution,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'betaBinomial'
  /** The concentration of the probability of a success near 1. */
  readonly concentration1: Parameter
  /** Its concentration near 0. */
  readonly concentration0: Parameter
  /** The number of trials. */
  readonly total: Parameter
}

type P = Resolved<'concentration1' | 'concentration0' | 'total'>

/**
 * The beta-binomial distribution: of the number of successes in `total` trials whose probability has the distribution
 * beta(a, b), with probability C(total, x)·B(x + a, total − x + b) / B(a, b) of x = 0, 1, …, total. Distribution
 * function, quantiles and entropy are sums over all counts.
 *
 * @param concentration1 a > 0.
 * @param concentration0 b > 0.
 * @param total the number of trials, whole and ≥ 0. `enumerateSupport` needs the same one in the whole batch.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), §6.2.2.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { betaBinomial } from '@variate/distributions'
 *
 * betaBinomial(1, 1, 4).logProb([0, 2, 5]).arraySync() // => [-1.609438, -1.609438, -Infinity]
 * betaBinomial(2, 3, 10).mean().arraySync() // => 4
 * ```
 */
export function betaBinomial(concentration1: Numbers, concentration0: Numbers, total: Numbers): BetaBinomial {
  const support = integerInterval(0, total)
  const table = (p: P): Tensor =>
    tabulate((columns) => integerInterval(0, columns.total), p, 'total', betaBinomialLogProb)
  return define(
    'betaBinomial',
    {
      concentration1: [concentration1, positive],
      concentration0: [concentration0, positive],
      total: [total, nonnegativeInteger],
    },
    {
      support,
      draw: (p, key, shape) => {
        const [ofProbability, ofCount] = splitKey(key) as [AnyKey, AnyKey]
        const logOdds = drawLogOdds(ofProbability, shape, p.concentration1, p.concentration0)
        return drawBinomial(ofCount, shape, p.total, sigmoid(logOdds))
      },
      logProb: betaBinomialLogProb,
      ...byProbabilities((p: P) => exp(table(p))),
      mean: (p) => mul(p.total, div(p.concentration1, sumOf(p))),
      variance: (p) => {
        const sum = sumOf(p)
        const binary = mul(div(p.concentration1, sum), div(p.concentration0, sum))
        return mul(mul(p.total, binary), div(add(sum, p.total), add(sum, 1)))
      },
      entropy: (p) => tabulatedEntropy(table(p)),
      enumerateSupport: (p) => enumerated(wholeNumbers(0, commonNumber(p.total, 'betaBinomial: total')), p),
    },
  ) as BetaBinomial
}

/**
 * Counts of successes and failures as negative binomial with a common probability, given their sum: each of the three
 * terms is a log probability near its mean, so that nothing cancels.
 */
export function betaBinomialLogProb(p: P, x: Tensor): Real {
  const logit = commonLogit(p.total, sumOf(p))
  const successes = logNegativeBinomialDensity(x, p.concentration1, logit)
  const failures = logNegativeBinomialDensity(sub(p.total, x), p.concentration0, logit)
  return sub(add(successes, failures), logNegativeBinomialDensity(p.total, sumOf(p), logit))
}

/**
 * log(total / concentration), of which the log probability does not depend; where it would be −∞ it is so low that the
 * terms are exactly 0.
 */
export function commonLogit(total: Real, concentration: Real): Real {
  const isNone = equal(total, 0)
  return stopGradient(where(isNone, -800, log(div(where(isNone, 1, total), concentration))))
}

function sumOf({ concentration1, concentration0 }: P): Real {
  return add(concentration1, concentration0)
}
