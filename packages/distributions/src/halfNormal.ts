import {
  abs,
  add,
  div,
  drawNormal,
  erf,
  erfc,
  erfinv,
  log,
  maximum,
  mul,
  ndtri,
  neg,
  square,
  sub,
} from '@variate/core/ops'
import { rootMeanSquare } from '@variate/core/internal'
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

const HALF_LOG_TWO_OVER_PI = -0.22579135264472744

export interface HalfNormal
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<HalfNormal>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'halfNormal'
  /** The standard deviation of the normal distribution. */
  readonly scale: Parameter
}

/**
 * The half-normal distribution, that of |X| for a normal X at 0, with density √(2/π)/scale · exp(−x²/(2·scale²)),
 * for x ≥ 0.
 *
 * @param scale the standard deviation of X, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 13.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { halfNormal } from '@variate/distributions'
 *
 * halfNormal(2).logProb([0, 3]).arraySync() // => [-0.918939, -2.043939]
 * halfNormal(2).cdf(1).arraySync() // => 0.382925
 * halfNormal(1).fit([1, 7]).scale // => 5
 * ```
 */
export function halfNormal(scale: Numbers): HalfNormal {
  const base = define(
    'halfNormal',
    { scale: [scale, positive] },
    {
      support: nonnegative,
      reparameterized: true,
      draw: ({ scale }, key, shape) => mul(scale, abs(drawNormal(key, shape))),
      logProb: ({ scale }, x) => sub(HALF_LOG_TWO_OVER_PI, add(mul(0.5, square(div(x, scale))), log(scale))),
      cdf: ({ scale }, x) => erf(mul(Math.SQRT1_2, div(maximum(x, 0), scale))),
      survival: ({ scale }, x) => erfc(mul(Math.SQRT1_2, div(maximum(x, 0), scale))),
      icdf: ({ scale }, probability) => mul(mul(Math.SQRT2, scale), erfinv(probability)),
      isf: ({ scale }, probability) => mul(neg(scale), ndtri(mul(0.5, probability))),
      mean: ({ scale }) => mul(Math.sqrt(2 / Math.PI), scale),
      variance: ({ scale }) => mul(1 - 2 / Math.PI, square(scale)),
      entropy: ({ scale }) => sub(add(log(scale), 0.5), HALF_LOG_TWO_OVER_PI),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: ({ scale }) => [div(-0.5, square(scale))],
    sufficientStatistics: (x) => [square(x)],
    logNormalizer: ([eta]) => mul(-0.5, log(mul(-2, eta!))),
    logBaseMeasure: () => HALF_LOG_TWO_OVER_PI,
    estimate: (x, w) => ({ scale: rootMeanSquare(x, w) }),
    make: ({ scale }) => halfNormal(scale),
  }) as HalfNormal
}
