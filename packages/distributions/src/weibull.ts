import {
  add,
  div,
  drawUniform,
  exp,
  expm1,
  lgamma,
  log,
  log1p,
  maximum,
  mul,
  neg,
  pow,
  square,
  sub,
  xlogy,
} from '@variate/core/ops'
import {
  logWeibullDensity,
  ratioPower,
  stretched,
  weibullLogMomentRatio,
  weightedMean,
} from '@variate/core/internal'
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

const EULER = 0.5772156649015329

export interface Weibull
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<Weibull>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'weibull'
  /** What the distribution is stretched by: 63 % of it are below. */
  readonly scale: Parameter
  /** The shape: below 1 the hazard falls with time, above 1 it rises. */
  readonly concentration: Parameter
}

/**
 * The Weibull distribution, with density (k/scale)·z^(k − 1)·exp(−z^k), z = x/scale, k = concentration, for x ≥ 0. As
 * an exponential family, and for `fit`, its concentration is known.
 *
 * @param scale > 0.
 * @param concentration the shape k, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 21.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { weibull } from '@variate/distributions'
 *
 * weibull(2, 1.5).logProb([1, 4]).arraySync() // => [-0.987809, -2.769536]
 * weibull(2, 1.5).cdf(2).arraySync() // => 0.632121
 * ```
 */
export function weibull(scale: Numbers, concentration: Numbers): Weibull {
  const base = define(
    'weibull',
    { scale: [scale, positive], concentration: [concentration, positive] },
    {
      support: nonnegative,
      reparameterized: true,
      draw: (p, key, shape) => stretched(p.scale, log(neg(log(drawUniform(key, shape)))), p.concentration),
      logProb: (p, x) => logWeibullDensity(p.concentration, p.scale, x),
      cdf: (p, x) => neg(expm1(neg(ratioPower(p.concentration, p.scale, maximum(x, 0))))),
      survival: (p, x) => exp(neg(ratioPower(p.concentration, p.scale, maximum(x, 0)))),
      icdf: (p, probability) => mul(p.scale, pow(neg(log1p(neg(probability))), div(1, p.concentration))),
      isf: (p, probability) => mul(p.scale, pow(neg(log(probability)), div(1, p.concentration))),
      mean: (p) => mul(p.scale, exp(lgamma(add(1, div(1, p.concentration))))),
      variance: (p) => {
        const logMean = lgamma(add(1, div(1, p.concentration)))
        return mul(square(mul(p.scale, exp(logMean))), expm1(weibullLogMomentRatio(p.concentration)))
      },
      entropy: (p) =>
        add(mul(EULER, sub(1, div(1, p.concentration))), add(log(div(p.scale, p.concentration)), 1)),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: (p) => [neg(pow(p.scale, neg(p.concentration)))],
    sufficientStatistics: (x, p) => [pow(x, p.concentration)],
    logNormalizer: ([eta]) => neg(log(neg(eta!))),
    logBaseMeasure: (x, p) => add(log(p.concentration), xlogy(sub(p.concentration, 1), x)),
    // In units of the scale, so that no power overflows that need not.
    estimate: (x, w, p) => {
      const mean = weightedMean(ratioPower(p.concentration, p.scale, x), w)
      return { scale: mul(p.scale, pow(mean, div(1, p.concentration))) }
    },
    make: (p) => weibull(p.scale, concentration),
  }) as Weibull
}
