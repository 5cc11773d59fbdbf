import { add, div, drawSkewNormal, log, logNdtr, mul, sqrt, square, sub, type Real } from '@variate/core/ops'
import { skewNormalCdf, skewNormalLogFactor, skewNormalQuantile } from '@variate/core/internal'
import { positive } from './constraints/positive.ts'
import { real } from './constraints/real.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { standardize, unstandardize } from './standardize.ts'

/** ½·log(π/2) */
const HALF_LOG_HALF_PI = 0.22579135264472744

export interface SkewNormal
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'skewNormal'
  /** The location. */
  readonly loc: Parameter
  /** The scale. */
  readonly scale: Parameter
  /** The direction and size of the skewness: 0 for the normal distribution. */
  readonly shape: Parameter
}

/**
 * The skew normal distribution, with density 2·φ(z)·Φ(shape·z)/scale, z = (x − loc)/scale, on the real line.
 *
 * @param loc the location, any real number.
 * @param scale the scale, > 0.
 * @param shape the direction and size α of the skewness, any real number: 0 for the normal distribution.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Azzalini, A class of distributions which includes the normal ones, Scandinavian Journal of Statistics 12 (1985).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { skewNormal } from '@variate/distributions'
 *
 * skewNormal(0, 1, 3).logProb([-1, 1]).arraySync() // => [-7.333518, -0.727142]
 * skewNormal(0, 1, 3).cdf(1).arraySync() // => 0.682746
 * ```
 */
export function skewNormal(loc: Numbers, scale: Numbers, shape: Numbers): SkewNormal {
  return define(
    'skewNormal',
    { loc: [loc, real], scale: [scale, positive], shape: [shape, real] },
    {
      support: real,
      reparameterized: true,
      draw: (p, key, shape) => unstandardize(p, drawSkewNormal(key, shape, p.shape)),
      logProb: (p, x) => {
        const z = standardize(p, x)
        const logKernel = sub(logNdtr(mul(p.shape, z)), mul(0.5, square(z)))
        return sub(logKernel, add(log(p.scale), HALF_LOG_HALF_PI))
      },
      cdf: (p, x) => skewNormalCdf(standardize(p, x), p.shape),
      icdf: (p, probability) => unstandardize(p, skewNormalQuantile(probability, p.shape)),
      mean: (p) => unstandardize(p, standardMean(p.shape)),
      variance: ({ scale, shape }) => mul(square(scale), sub(1, square(standardMean(shape)))),
      entropy: ({ scale, shape }) => sub(add(log(scale), HALF_LOG_HALF_PI + 0.5), skewNormalLogFactor(shape)),
    },
  ) as SkewNormal
}

/** √(2/π)·α/√(1 + α²) */
function standardMean(shape: Real): Real {
  return mul(Math.sqrt(2 / Math.PI), div(shape, sqrt(add(1, square(shape)))))
}
