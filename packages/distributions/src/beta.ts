import {
  add,
  betainc,
  betaincInverse,
  clip,
  div,
  drawLogOdds,
  lbeta,
  log,
  log1p,
  mul,
  neg,
  sigmoid,
  square,
  sub,
} from '@variate/core/ops'
import { betaEntropy, betaincOfOdds, logBetaDensityOfUnit } from '@variate/core/internal'
import { betaConcentrations } from './betaConcentrations.ts'
import { positive } from './constraints/positive.ts'
import { unitInterval } from './constraints/unitInterval.ts'
import { define } from './define.ts'
import type {
  Capabilities,
  Distribution,
  ExponentialFamily,
  Numbers,
  Parameter,
  Reparameterized,
} from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { BELOW_ONE, SMALLEST } from './float32.ts'

export interface Beta
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<Beta>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'beta'
  /** The weight at 1: as if so many successes, plus one, had been seen. */
  readonly concentration1: Parameter
  /** The weight at 0: as if so many failures, plus one, had been seen. */
  readonly concentration0: Parameter
}

/**
 * The beta distribution, with density x^(a − 1)·(1 − x)^(b − 1) / B(a, b), a = concentration1, b = concentration0, for
 * 0 ≤ x ≤ 1. Draws are differentiable in both parameters, by implicit reparameterization.
 *
 * @param concentration1 the weight at 1, > 0.
 * @param concentration0 the weight at 0, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 25; Figurnov, Mohamed and
 * Mnih 2018, “Implicit reparameterization gradients”.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { beta } from '@variate/distributions'
 *
 * beta(2, 3).logProb([0.25, 1]).arraySync() // => [0.5232481, -Infinity]
 * beta(2, 3).cdf(0.4).arraySync() // => 0.5248
 * ```
 */
export function beta(concentration1: Numbers, concentration0: Numbers): Beta {
  const base = define(
    'beta',
    { concentration1: [concentration1, positive], concentration0: [concentration0, positive] },
    {
      support: unitInterval,
      reparameterized: true,
      draw: (p, key, shape) => {
        const logOdds = drawLogOdds(key, shape, p.concentration1, p.concentration0)
        return clip(sigmoid(logOdds), SMALLEST, BELOW_ONE)
      },
      logProb: (p, x) => logBetaDensityOfUnit(p.concentration1, p.concentration0, x),
      cdf: (p, x) => betainc(p.concentration1, p.concentration0, clip(x, 0, 1)),
      survival: (p, x) => {
        const within = clip(x, 0, 1)
        return betaincOfOdds(p.concentration0, p.concentration1, sub(1, within), within)
      },
      icdf: (p, probability) => betaincInverse(p.concentration1, p.concentration0, probability),
      mean: (p) => div(p.concentration1, add(p.concentration1, p.concentration0)),
      variance: (p) => {
        const total = add(p.concentration1, p.concentration0)
        return div(mul(div(p.concentration1, square(total)), p.concentration0), add(total, 1))
      },
      entropy: (p) => betaEntropy(p.concentration1, p.concentration0),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: (p) => [p.concentration1, p.concentration0],
    sufficientStatistics: (x) => [log(x), log1p(neg(x))],
    logNormalizer: ([a, b]) => lbeta(a!, b!),
    logBaseMeasure: (x) => neg(add(log(x), log1p(neg(x)))),
    estimate: (x, w) => betaConcentrations(x, sub(1, x), w),
    make: (p) => beta(p.concentration1, p.concentration0),
  }) as Beta
}
