import { div, drawUniform, exp, expm1, log, log1p, maximum, mul, neg, square, sub } from '@variate/core/ops'
import { weightedMean } from '@variate/core/internal'
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

export interface Exponential
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<Exponential>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'exponential'
  /** Events per unit: 1 / mean. */
  readonly rate: Parameter
}

/**
 * The exponential distribution, with density rate·exp(−rate·x), for x ≥ 0.
 *
 * @param rate 1 / mean, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 19.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { exponential } from '@variate/distributions'
 *
 * exponential(0.5).logProb([1, 4]).arraySync() // => [-1.193147, -2.693147]
 * exponential(0.5).cdf(2).arraySync() // => 0.632121
 * exponential(1).fit([1, 2, 6]).rate // => 0.3333333
 * ```
 */
export function exponential(rate: Numbers): Exponential {
  const base = define(
    'exponential',
    { rate: [rate, positive] },
    {
      support: nonnegative,
      reparameterized: true,
      draw: ({ rate }, key, shape) => div(neg(log(drawUniform(key, shape))), rate),
      logProb: ({ rate }, x) => sub(log(rate), mul(rate, x)),
      cdf: ({ rate }, x) => neg(expm1(neg(mul(rate, maximum(x, 0))))),
      survival: ({ rate }, x) => exp(neg(mul(rate, maximum(x, 0)))),
      icdf: ({ rate }, probability) => div(neg(log1p(neg(probability))), rate),
      isf: ({ rate }, probability) => div(neg(log(probability)), rate),
      mean: ({ rate }) => div(1, rate),
      variance: ({ rate }) => div(1, square(rate)),
      entropy: ({ rate }) => sub(1, log(rate)),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: ({ rate }) => [neg(rate)],
    sufficientStatistics: (x) => [x],
    logNormalizer: ([eta]) => neg(log(neg(eta!))),
    logBaseMeasure: () => 0,
    estimate: (x, w) => ({ rate: div(1, weightedMean(x, w)) }),
    make: ({ rate }) => exponential(rate),
  }) as Exponential
}
