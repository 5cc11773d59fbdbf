import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  div,
  drawMultinomial,
  expandDims,
  fill,
  logSumExp,
  maximum,
  mul,
  sub,
  sum,
  type Real,
} from '@variate/core/ops'
import {
  binomialSurprise,
  logGammaDensity,
  logGammaTerms,
  logPoissonTerms,
  weightedMean,
} from '@variate/core/internal'
import {
  categoriesOf,
  categoryCovariance,
  column,
  logProbabilitiesOf,
  naturalOf,
  probabilitiesOf,
  type Categories,
  type CategoryOptions,
} from './categories.ts'
import { countsOf } from './constraints/countsOf.ts'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, ExponentialFamily, Numbers, Parameter } from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

export interface Multinomial
  extends
    Distribution,
    HasCovariance,
    ExponentialFamily<Multinomial>,
    Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'multinomial'
  /** The number of trials. */
  readonly total: Parameter
  /** The probabilities of the categories, if they were given. */
  readonly probs?: Parameter
  /** Their logarithms up to a constant, if they were given. */
  readonly logits?: Parameter
}

/**
 * The multinomial distribution of how often each of K categories comes up in independent trials, with probability
 * total!·∏ probs[k]^x[k] / x[k]! of counts x ≥ 0 with sum `total`. As an exponential family it has a known total.
 *
 * @param total the number of trials, whole and ≥ 0.
 * @param options.probs probabilities along the last axis, of shape [...batch, K]: each ≥ 0, with sum 1 within 1e-5; or
 * @param options.logits their logarithms up to a constant, of the same shape; −Infinity for what is impossible.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for parameters without an axis, and shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Discrete Multivariate Distributions (1997), ch. 35.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { multinomial } from '@variate/distributions'
 *
 * const d = multinomial(4, { probs: [0.5, 0.25, 0.25] })
 * d.logProb([[2, 1, 1], [4, 0, 0], [3, 0, 0]]).arraySync() // => [-1.673976, -2.772589, -Infinity]
 * d.mean().arraySync() // => [2, 1, 1]
 * ```
 */
export function multinomial(total: Numbers, options: CategoryOptions): Multinomial {
  const [categories, count] = categoriesOf('multinomial', options)
  const given = { total: [total, nonnegativeInteger], ...categories } as const
  const base = define('multinomial', given, {
    support: () => countsOf(total),
    eventShape: [count],
    draw: (p, key, shape) => drawMultinomial(key, shape, p.total, probabilitiesOf(p)),
    logProb,
    mean: (p) => mul(column(p.total), probabilitiesOf(p)),
    variance: (p) => mul(column(p.total), mul(probabilitiesOf(p), sub(1, probabilitiesOf(p)))),
    entropy: (p) => {
      const surprises = binomialSurprise(column(p.total), probabilitiesOf(p)) as Tensor
      return add(sum(surprises, -1), logGammaDensity(add(p.total, 1), p.total))
    },
  })
  const complete = withCovariance(base, (p) => categoryCovariance(probabilitiesOf(p), p.total))
  return exponentialFamily(complete, {
    naturalParameters: (p) => [naturalOf(p)],
    sufficientStatistics: (x) => [x],
    logNormalizer: ([eta], p) => mul(p.total, logSumExp(eta as Tensor, -1)),
    logBaseMeasure: (x, { total }) =>
      add(logProb({ total, probs: fill([count], 1 / count) }, x), mul(total, Math.log(count))),
    estimate: (x, w, p) => ({
      probs: div(weightedMean(x, expandDims(w, -1)), column(maximum(p.total, 1))),
    }),
    make: ({ probs }) => multinomial(total, { probs }),
  }) as Multinomial
}

/** Σ of the log probabilities of Poisson counts with rates total·p, less that of their sum. */
function logProb(p: Categories & { readonly total: Real }, x: Tensor): Real {
  const terms =
    p.logits === undefined
      ? logGammaTerms(add(x, 1) as Tensor, p.probs as Tensor, column(p.total))
      : logPoissonTerms(x, logProbabilitiesOf(p), column(p.total))
  return sub(terms, logGammaDensity(add(p.total, 1), p.total))
}
