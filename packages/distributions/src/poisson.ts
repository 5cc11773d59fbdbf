import {
  add,
  drawPoisson,
  exp,
  floor,
  gammainc,
  less,
  lgamma,
  log,
  maximum,
  neg,
  where,
} from '@variate/core/ops'
import {
  logGammaDensity,
  poissonCdf,
  poissonEntropy,
  poissonQuantile,
  weightedMean,
} from '@variate/core/internal'
import { nonnegative } from './constraints/nonnegative.ts'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, ExponentialFamily, Numbers, Parameter } from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'

export interface Poisson
  extends
    Distribution,
    ExponentialFamily<Poisson>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'poisson'
  /** The mean count. */
  readonly rate: Parameter
}

/**
 * The Poisson distribution, with probability rateˣ·exp(−rate) / x! of x = 0, 1, 2, …
 *
 * @param rate the mean, ≥ 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast;
 * NumericalError by `sample` for a count above 2³¹ − 1, for draws are int32.
 * @see Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 4; Loader, "Fast and accurate computation
 * of binomial probabilities" (2000).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { poisson } from '@variate/distributions'
 *
 * poisson(2.5).logProb([0, 2, 12]).arraySync() // => [-2.5, -1.360566, -11.49173]
 * poisson(1e4).logProb(1e4).arraySync() // => -5.524117
 * poisson(1).fit([3, 5, 1], { weights: [1, 1, 2] }).rate // => 2.5
 * ```
 */
export function poisson(rate: Numbers): Poisson {
  const base = define(
    'poisson',
    { rate: [rate, nonnegative] },
    {
      support: nonnegativeInteger,
      draw: ({ rate }, key, shape) => drawPoisson(key, shape, rate),
      logProb: ({ rate }, x) => logGammaDensity(add(x, 1), rate),
      cdf: ({ rate }, x) => poissonCdf(x, rate),
      survival: ({ rate }, x) => where(less(x, 0), 1, gammainc(add(floor(maximum(x, 0)), 1), rate)),
      icdf: ({ rate }, probability) => poissonQuantile(probability, rate),
      mean: ({ rate }) => rate,
      variance: ({ rate }) => rate,
      entropy: ({ rate }) => poissonEntropy(rate),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: ({ rate }) => [log(rate)],
    sufficientStatistics: (x) => [x],
    logNormalizer: ([eta]) => exp(eta!),
    logBaseMeasure: (x) => neg(lgamma(add(x, 1))),
    estimate: (x, w) => ({ rate: weightedMean(x, w) }),
    make: ({ rate }) => poisson(rate),
  }) as Poisson
}
