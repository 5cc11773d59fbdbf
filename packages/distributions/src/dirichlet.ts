import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  cumsum,
  digamma,
  div,
  drawLogGamma,
  lbeta,
  log,
  mul,
  neg,
  stopGradient,
  sub,
  sum,
  type Real,
} from '@variate/core/ops'
import { gammaEntropy, logGammaDensity, logGammaTerms } from '@variate/core/internal'
import { categoryCovariance, column } from './categories.ts'
import { positiveVector } from './constraints/positiveVector.ts'
import { simplex } from './constraints/simplex.ts'
import { define } from './define.ts'
import { dirichletConcentration } from './dirichletConcentration.ts'
import type {
  Capabilities,
  Distribution,
  ExponentialFamily,
  Parameter,
  Reparameterized,
  Vectors,
} from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { othersOf } from './othersOf.ts'
import { part } from './part.ts'
import { positiveSoftmax } from './positiveSoftmax.ts'
import { sized } from './sized.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

export interface Dirichlet
  extends
    Distribution,
    Reparameterized,
    HasCovariance,
    ExponentialFamily<Dirichlet>,
    Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'dirichlet'
  /** How the mass is spread: the mean, times how concentrated it is. */
  readonly concentration: Parameter
}

/**
 * The Dirichlet distribution on vectors of K numbers ≥ 0 with sum 1, with density
 * Γ(Σ concentration) / ∏ Γ(concentration[k])·∏ x[k]^(concentration[k] − 1) with respect to the first K − 1 of them.
 *
 * @param concentration numbers > 0 along the last axis, of shape [...batch, K].
 * @throws DomainError for parameters outside their domain; ShapeError for parameters without an axis, and shapes that do
 * not broadcast.
 * @see Kotz, Balakrishnan and Johnson, Continuous Multivariate Distributions 1 (2000), ch. 49.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { dirichlet } from '@variate/distributions'
 *
 * dirichlet([1, 2, 3]).logProb([0.25, 0.25, 0.5]).arraySync() // => 1.321756
 * dirichlet([1, 2, 5]).mean().arraySync() // => [0.125, 0.25, 0.625]
 * ```
 */
export function dirichlet(concentration: Vectors): Dirichlet {
  const base = define(
    'dirichlet',
    { concentration: [concentration, positiveVector] },
    {
      support: simplex,
      eventShape: sized(concentration, 1, 'dirichlet: concentration').event,
      reparameterized: true,
      draw: ({ concentration }, key, shape) => positiveSoftmax(drawLogGamma(key, shape, concentration)),
      logProb: ({ concentration }, x) => logProb(concentration as Tensor, x),
      mean: ({ concentration }) => meanOf(concentration as Tensor),
      variance: ({ concentration }) => {
        const a = concentration as Tensor
        const total = sum(a, -1, true)
        return div(mul(meanOf(a), div(othersOf(a), total)), add(total, 1))
      },
      entropy: ({ concentration }) => {
        const a = concentration as Tensor
        const total = sum(a, -1)
        const ofRest = add(gammaEntropy(total), mul(a.shape.at(-1)! - 1, digamma(total)))
        return sub(sum(gammaEntropy(a) as Tensor, -1), ofRest)
      },
    },
  )
  const complete = withCovariance(base, ({ concentration }) => {
    const a = concentration as Tensor
    return categoryCovariance(meanOf(a), div(1, add(sum(a, -1), 1)))
  })
  return exponentialFamily(complete, {
    naturalParameters: ({ concentration }) => [concentration],
    sufficientStatistics: (x) => [log(x)],
    logNormalizer: ([eta]) => logMultivariateBeta(eta as Tensor),
    logBaseMeasure: (x) => neg(sum(log(x) as Tensor, -1)),
    estimate: (x, w) => ({ concentration: dirichletConcentration(x, w) }),
    make: ({ concentration }) => dirichlet(concentration),
  }) as Dirichlet
}

/** The log densities of independent gamma variables of rate 1 at total·x, given their sum: none of them is large. */
function logProb(a: Tensor, x: Tensor): Real {
  const total = sum(a, -1)
  const scale = stopGradient(total)
  const ofSum = sub(logGammaDensity(total, scale), mul(a.shape.at(-1)! - 1, log(scale)))
  return sub(logGammaTerms(a, x, column(scale)), ofSum)
}

function meanOf(a: Tensor): Tensor {
  return div(a, sum(a, -1, true)) as Tensor
}

/** Σ log Γ(a) − log Γ(Σ a), by beta functions of each a and the sum of those before it. */
function logMultivariateBeta(a: Tensor): Tensor {
  if (a.shape.at(-1) === 1) return mul(0, sum(a, -1)) as Tensor
  return sum(lbeta(part(a, 1), part(cumsum(a), 0, -1)) as Tensor, -1)
}
