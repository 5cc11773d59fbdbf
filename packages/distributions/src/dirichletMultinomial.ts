import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  div,
  drawLogGamma,
  drawMultinomial,
  mul,
  softmax,
  splitKey,
  sub,
  sum,
  type AnyKey,
  type Real,
} from '@variate/core/ops'
import { logNegativeBinomialDensity } from '@variate/core/internal'
import { betaBinomialLogProb, commonLogit } from './betaBinomial.ts'
import { categoryCovariance, column } from './categories.ts'
import { countsOf } from './constraints/countsOf.ts'
import { integerInterval } from './constraints/integerInterval.ts'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { positiveVector } from './constraints/positiveVector.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Vectors } from './distribution.ts'
import { othersOf } from './othersOf.ts'
import { sized } from './sized.ts'
import { tabulatedMean, tabulate } from './tabulated.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

export interface DirichletMultinomial
  extends Distribution, HasCovariance, Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'dirichletMultinomial'
  /** Of the Dirichlet distribution of the probabilities. */
  readonly concentration: Parameter
  /** The number of trials. */
  readonly total: Parameter
}

type P = Resolved<'concentration' | 'total'>

/**
 * The Dirichlet-multinomial distribution: of how often each of K categories comes up in `total` trials whose
 * probabilities have the distribution dirichlet(a), with probability
 * total!·Γ(A) / Γ(total + A)·∏ Γ(x[k] + a[k]) / (x[k]!·Γ(a[k])), A = Σ a, of counts x ≥ 0 with sum `total`. Its entropy is
 * a sum over all counts of each category.
 *
 * @param concentration a: numbers > 0 along the last axis, of shape [...batch, K].
 * @param total the number of trials, whole and ≥ 0.
 * @throws DomainError for parameters outside their domain; ShapeError for a concentration without an axis, and shapes
 * that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Discrete Multivariate Distributions (1997), §35.13.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { dirichletMultinomial } from '@variate/distributions'
 *
 * dirichletMultinomial([1, 1], 7).logProb([4, 3]).arraySync() // => -2.079442
 * dirichletMultinomial([1, 2, 5], 16).mean().arraySync() // => [2, 4, 10]
 * ```
 */
export function dirichletMultinomial(concentration: Vectors, total: Numbers): DirichletMultinomial {
  const base = define(
    'dirichletMultinomial',
    { concentration: [concentration, positiveVector], total: [total, nonnegativeInteger] },
    {
      support: () => countsOf(total),
      eventShape: sized(concentration, 1, 'dirichletMultinomial: concentration').event,
      draw: (p, key, shape) => {
        const [ofProbabilities, ofCounts] = splitKey(key) as [AnyKey, AnyKey]
        const probabilities = softmax(drawLogGamma(ofProbabilities, shape, p.concentration))
        return drawMultinomial(ofCounts, shape, p.total, probabilities)
      },
      logProb,
      mean: (p) => mul(column(p.total), meanOf(p)),
      variance: (p) => {
        const others = div(othersOf(p.concentration as Tensor), column(sumOf(p)))
        return mul(column(mul(p.total, spreadOf(p))), mul(meanOf(p), others))
      },
      entropy,
    },
  )
  return withCovariance(base, (p) =>
    categoryCovariance(meanOf(p), mul(p.total, spreadOf(p))),
  ) as DirichletMultinomial
}

/** Counts as negative binomial with a common probability, given their sum: nothing cancels. */
function logProb(p: P, x: Tensor): Real {
  const logit = commonLogit(p.total, sumOf(p))
  const terms = logNegativeBinomialDensity(x, p.concentration, column(logit)) as Tensor
  return sub(sum(terms, -1), logNegativeBinomialDensity(p.total, sumOf(p), logit))
}

/** Σ of the expectations of the terms of −log p, for each category is beta-binomial by itself. */
function entropy(p: P): Real {
  const logit = commonLogit(p.total, sumOf(p))
  const ofCategory = {
    concentration1: p.concentration,
    concentration0: othersOf(p.concentration as Tensor),
    total: column(p.total),
  }
  const table = tabulate(({ total }) => integerInterval(0, total), ofCategory, 'total', betaBinomialLogProb)
  const surprise = (counts: Tensor): Real =>
    mul(-1, logNegativeBinomialDensity(counts, column(p.concentration), column(column(logit))))
  const ofSum = logNegativeBinomialDensity(p.total, sumOf(p), logit)
  return add(sum(tabulatedMean(table, surprise), -1), ofSum)
}

function sumOf({ concentration }: P): Tensor {
  return sum(concentration as Tensor, -1)
}

function meanOf(p: P): Tensor {
  return div(p.concentration, column(sumOf(p))) as Tensor
}

/** By how much the variance exceeds that of a multinomial distribution. */
function spreadOf(p: P): Real {
  return div(add(p.total, sumOf(p)), add(1, sumOf(p)))
}
