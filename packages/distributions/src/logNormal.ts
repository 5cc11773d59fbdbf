import {
  add,
  clip,
  drawNormal,
  exp,
  expm1,
  lessEqual,
  log,
  mul,
  ndtr,
  ndtri,
  neg,
  square,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { positive } from './constraints/positive.ts'
import { real } from './constraints/real.ts'
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
import { estimateNormal, normalLogNormalizer, normalNaturalParameters } from './normalFamily.ts'
import { standardizeLog, unstandardize } from './standardize.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

export interface LogNormal
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<LogNormal>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'logNormal'
  /** The mean of log x. */
  readonly loc: Parameter
  /** The standard deviation of log x. */
  readonly scale: Parameter
}

/**
 * The log-normal distribution, that of exp(Y) for a normal Y, with density exp(−z²/2) / (x·scale·√(2π)), z = (log x
 * − loc)/scale, for x > 0.
 *
 * @param loc the mean of log x, any real number.
 * @param scale the standard deviation of log x, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 14.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { logNormal } from '@variate/distributions'
 *
 * logNormal(0, 1).logProb([1, 3]).arraySync() // => [-0.918939, -2.621025]
 * logNormal(0, 0.5).cdf(2).arraySync() // => 0.917171
 * logNormal(0, 1).fit([1, 100]).loc // => 2.302585
 * ```
 */
export function logNormal(loc: Numbers, scale: Numbers): LogNormal {
  const base = define(
    'logNormal',
    { loc: [loc, real], scale: [scale, positive] },
    {
      support: positive,
      reparameterized: true,
      // Draws beyond float32 are its least and its largest number.
      draw: (p, key, shape) => exp(clip(unstandardize(p, drawNormal(key, shape)), -87.3, 88.7)),
      logProb: (p, x) =>
        neg(add(add(mul(0.5, square(standardizeLog(p, x))), log(x)), add(log(p.scale), HALF_LOG_TWO_PI))),
      cdf: (p, x) => where(lessEqual(x, 0), 0, ndtr(standardizeLog(p, positivePart(x)))),
      survival: (p, x) => where(lessEqual(x, 0), 1, ndtr(neg(standardizeLog(p, positivePart(x))))),
      icdf: (p, probability) => exp(unstandardize(p, ndtri(probability))),
      isf: (p, probability) => exp(unstandardize(p, neg(ndtri(probability)))),
      mean: ({ loc, scale }) => exp(add(loc, mul(0.5, square(scale)))),
      variance: ({ loc, scale }) => mul(expm1(square(scale)), exp(add(mul(2, loc), square(scale)))),
      entropy: ({ loc, scale }) => add(loc, add(log(scale), HALF_LOG_TWO_PI + 0.5)),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: normalNaturalParameters,
    sufficientStatistics: (x) => [log(x), square(log(x))],
    logNormalizer: normalLogNormalizer,
    logBaseMeasure: (x) => sub(-HALF_LOG_TWO_PI, log(x)),
    estimate: (x, w) => estimateNormal(log(x), w),
    make: ({ loc, scale }) => logNormal(loc, scale),
  }) as LogNormal
}

/** x where it is positive, else 1. */
function positivePart(x: Real): Real {
  return where(lessEqual(x, 0), 1, x)
}
