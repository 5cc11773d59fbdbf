import {
  add,
  drawGumbel,
  log,
  log1p,
  logCosh,
  mul,
  neg,
  sigmoid,
  splitKey,
  square,
  sub,
} from '@variate/core/ops'
import { positive } from './constraints/positive.ts'
import { real } from './constraints/real.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { standardize, unstandardize } from './standardize.ts'

const LOG_FOUR = 2 * Math.LN2

export interface Logistic
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'logistic'
  /** The mean. */
  readonly loc: Parameter
  /** The scale: the standard deviation is scale·π/√3. */
  readonly scale: Parameter
}

/**
 * The logistic distribution, with density exp(−z) / (scale·(1 + exp(−z))²), z = (x − loc)/scale, on the real line.
 *
 * @param loc the mean, any real number.
 * @param scale the scale, > 0: the standard deviation is scale·π/√3.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 23.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { logistic } from '@variate/distributions'
 *
 * logistic(0, 1).logProb([0, 2]).arraySync() // => [-1.386294, -2.253856]
 * logistic(1, 2).cdf(2).arraySync() // => 0.622459
 * ```
 */
export function logistic(loc: Numbers, scale: Numbers): Logistic {
  return define(
    'logistic',
    { loc: [loc, real], scale: [scale, positive] },
    {
      support: real,
      reparameterized: true,
      draw: (p, key, shape) => {
        const [right, left] = splitKey(key)
        return unstandardize(p, sub(drawGumbel(right!, shape), drawGumbel(left!, shape)))
      },
      // −z − 2·log(1 + e⁻ᶻ) is −2·log(2·cosh(z/2)), whose derivative keeps its digits near the mode.
      logProb: (p, x) => neg(add(mul(2, logCosh(mul(0.5, standardize(p, x)))), add(log(p.scale), LOG_FOUR))),
      cdf: (p, x) => sigmoid(standardize(p, x)),
      survival: (p, x) => sigmoid(neg(standardize(p, x))),
      icdf: (p, probability) => unstandardize(p, sub(log(probability), log1p(neg(probability)))),
      isf: (p, probability) => unstandardize(p, sub(log1p(neg(probability)), log(probability))),
      mean: ({ loc }) => loc,
      variance: ({ scale }) => mul(Math.PI ** 2 / 3, square(scale)),
      entropy: ({ scale }) => add(log(scale), 2),
    },
  ) as Logistic
}
