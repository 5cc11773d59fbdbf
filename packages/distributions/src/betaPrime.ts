import { add, div, drawLogOdds, lbeta, log, log1p, maximum, mul, neg, square, sub } from '@variate/core/ops'
import {
  betaEntropy,
  betaincOfOdds,
  digammaDifference,
  logOddsDensity,
  oddsOfBetainc,
  stretched,
} from '@variate/core/internal'
import { betaConcentrations } from './betaConcentrations.ts'
import { nonnegative } from './constraints/nonnegative.ts'
import { positive } from './constraints/positive.ts'
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
import { momentIf } from './momentIf.ts'

export interface BetaPrime
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<BetaPrime>,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'betaPrime'
  /** How fast the density falls towards 0. */
  readonly concentration1: Parameter
  /** How fast it falls towards ∞: moments of lower order are finite. */
  readonly concentration0: Parameter
}

/**
 * The beta prime distribution, with density x^(a − 1)·(1 + x)^(−a − b) / B(a, b), a = concentration1,
 * b = concentration0, for x ≥ 0: that of the odds p/(1 − p) for p from beta(concentration1, concentration0).
 *
 * @param concentration1 > 0.
 * @param concentration0 > 0. The mean is ∞ up to 1, the variance up to 2.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 27.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { betaPrime } from '@variate/distributions'
 *
 * betaPrime(2, 3).logProb([1, 4]).arraySync() // => [-0.980829, -4.17599]
 * betaPrime(2, 3).mean().arraySync() // => 1
 * ```
 */
export function betaPrime(concentration1: Numbers, concentration0: Numbers): BetaPrime {
  const base = define(
    'betaPrime',
    { concentration1: [concentration1, positive], concentration0: [concentration0, positive] },
    {
      support: nonnegative,
      reparameterized: true,
      draw: (p, key, shape) => stretched(1, drawLogOdds(key, shape, p.concentration1, p.concentration0), 1),
      logProb: (p, x) => logOddsDensity(p.concentration1, p.concentration0, x, 1),
      cdf: (p, x) => betaincOfOdds(p.concentration1, p.concentration0, maximum(x, 0), 1),
      icdf: (p, probability) => oddsOfBetainc(p.concentration1, p.concentration0, probability),
      mean: (p) => momentIf(p.concentration0, 1, (excess) => div(p.concentration1, excess)),
      variance: ({ concentration1, concentration0 }) =>
        momentIf(concentration0, 2, (excess) => {
          const b = add(excess, 1)
          return mul(div(concentration1, square(b)), div(add(concentration1, b), excess))
        }),
      entropy: ({ concentration1, concentration0 }) =>
        add(
          betaEntropy(concentration1, concentration0),
          mul(2, digammaDifference(concentration0, concentration1)),
        ),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: (p) => [p.concentration1, p.concentration0],
    sufficientStatistics: (x) => [sub(log(x), log1p(x)), neg(log1p(x))],
    logNormalizer: ([a, b]) => lbeta(a!, b!),
    logBaseMeasure: (x) => neg(log(x)),
    estimate: (x, w) => {
      const complement = div(1, add(1, x))
      return betaConcentrations(mul(x, complement), complement, w)
    },
    make: (p) => betaPrime(p.concentration1, p.concentration0),
  }) as BetaPrime
}
