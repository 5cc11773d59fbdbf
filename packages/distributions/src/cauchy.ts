import { add, drawUniform, less, log, mul, neg, splitKey, sub, where } from '@variate/core/ops'
import { cauchyCdf, cauchyLogDensity, cauchyQuantile } from '@variate/core/internal'
import { positive } from './constraints/positive.ts'
import { real } from './constraints/real.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { standardize, unstandardize } from './standardize.ts'

const LOG_FOUR_PI = 2.5310242469692907

export interface Cauchy
  extends Distribution, Reparameterized, Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'entropy'> {
  readonly name: 'cauchy'
  /** The median. */
  readonly loc: Parameter
  /** Half the distance of the quartiles. */
  readonly scale: Parameter
}

/**
 * The Cauchy distribution, with density 1 / (π·scale·(1 + z²)), z = (x − loc)/scale, on the real line.
 *
 * It has no mean and no variance.
 *
 * @param loc the median, any real number.
 * @param scale half the distance of the quartiles, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 16.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { cauchy } from '@variate/distributions'
 *
 * cauchy(0, 1).logProb([0, 1]).arraySync() // => [-1.14473, -1.837877]
 * cauchy(1, 2).cdf(3).arraySync() // => 0.75
 * ```
 */
export function cauchy(loc: Numbers, scale: Numbers): Cauchy {
  return define(
    'cauchy',
    { loc: [loc, real], scale: [scale, positive] },
    {
      support: real,
      reparameterized: true,
      draw: (p, key, shape) => {
        // Small uniforms are fine and large ones are not: both tails are drawn from small ones.
        const [size, side] = splitKey(key)
        const tail = cauchyQuantile(mul(0.5, drawUniform(size!, shape)))
        return unstandardize(p, mul(tail, where(less(drawUniform(side!, shape), 0.5), 1, -1)))
      },
      logProb: ({ loc, scale }, x) => cauchyLogDensity(sub(x, loc), scale),
      cdf: (p, x) => cauchyCdf(standardize(p, x)),
      survival: (p, x) => cauchyCdf(neg(standardize(p, x))),
      icdf: (p, probability) => unstandardize(p, cauchyQuantile(probability)),
      isf: (p, probability) => unstandardize(p, neg(cauchyQuantile(probability))),
      entropy: ({ scale }) => add(log(scale), LOG_FOUR_PI),
    },
  ) as Cauchy
}
