import { add, drawNormal, log, mul, ndtr, ndtri, neg, square, sub } from '@variate/core/ops'
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
import { standardize, unstandardize } from './standardize.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

export interface Normal
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<Normal>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'normal'
  /** The mean. */
  readonly loc: Parameter
  /** The standard deviation. */
  readonly scale: Parameter
}

/**
 * The normal distribution, with density exp(−z²/2) / (scale·√(2π)), z = (x − loc)/scale, on the real line.
 *
 * @param loc the mean, any real number.
 * @param scale the standard deviation, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 13.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 *
 * normal(0, 1).logProb(0).arraySync() // => -0.9189385
 * normal([0, 10], 2).cdf(1).arraySync() // => [0.6914625, 0.0000034]
 * normal(0, 1).fit([1, 3]).loc // => 2
 * ```
 */
export function normal(loc: Numbers, scale: Numbers): Normal {
  const base = define(
    'normal',
    { loc: [loc, real], scale: [scale, positive] },
    {
      support: real,
      reparameterized: true,
      draw: (p, key, shape) => unstandardize(p, drawNormal(key, shape)),
      logProb: (p, x) => sub(mul(-0.5, square(standardize(p, x))), add(log(p.scale), HALF_LOG_TWO_PI)),
      cdf: (p, x) => ndtr(standardize(p, x)),
      survival: (p, x) => ndtr(neg(standardize(p, x))),
      icdf: (p, probability) => unstandardize(p, ndtri(probability)),
      isf: (p, probability) => unstandardize(p, neg(ndtri(probability))),
      mean: ({ loc }) => loc,
      variance: ({ scale }) => square(scale),
      entropy: ({ scale }) => add(log(scale), HALF_LOG_TWO_PI + 0.5),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: normalNaturalParameters,
    sufficientStatistics: (x) => [x, square(x)],
    logNormalizer: normalLogNormalizer,
    logBaseMeasure: () => -HALF_LOG_TWO_PI,
    estimate: estimateNormal,
    make: ({ loc, scale }) => normal(loc, scale),
  }) as Normal
}
