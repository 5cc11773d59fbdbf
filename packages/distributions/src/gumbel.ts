import { add, drawGumbel, exp, expm1, log, log1p, maximum, mul, neg, square } from '@variate/core/ops'
import { plusExpMinus } from '@variate/core/internal'
import { positive } from './constraints/positive.ts'
import { real } from './constraints/real.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { standardize, unstandardize } from './standardize.ts'

/** Euler's constant γ. */
const EULER = 0.5772156649015329
/** The cdf is 0 there, and exp(−z) does not overflow. */
const BELOW_ALL = -80

export interface Gumbel
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'gumbel'
  /** The mode. */
  readonly loc: Parameter
  /** The scale: the standard deviation is scale·π/√6. */
  readonly scale: Parameter
}

/**
 * The Gumbel distribution of largest values, with density exp(−z − exp(−z)) / scale, z = (x − loc)/scale, on the
 * real line.
 *
 * @param loc the mode, any real number.
 * @param scale the scale, > 0: the standard deviation is scale·π/√6.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 22.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gumbel } from '@variate/distributions'
 *
 * gumbel(0, 1).logProb([0, 2]).arraySync() // => [-1, -2.135335]
 * gumbel(1, 2).cdf(2).arraySync() // => 0.545239
 * ```
 */
export function gumbel(loc: Numbers, scale: Numbers): Gumbel {
  return define(
    'gumbel',
    { loc: [loc, real], scale: [scale, positive] },
    {
      support: real,
      reparameterized: true,
      draw: (p, key, shape) => unstandardize(p, drawGumbel(key, shape)),
      logProb: (p, x) => neg(add(plusExpMinus(standardize(p, x)), log(p.scale))),
      cdf: (p, x) => exp(neg(exp(neg(maximum(standardize(p, x), BELOW_ALL))))),
      survival: (p, x) => neg(expm1(neg(exp(neg(maximum(standardize(p, x), BELOW_ALL)))))),
      icdf: (p, probability) => unstandardize(p, neg(log(neg(log(probability))))),
      isf: (p, probability) => unstandardize(p, neg(log(neg(log1p(neg(probability)))))),
      mean: (p) => unstandardize(p, EULER),
      variance: ({ scale }) => mul(Math.PI ** 2 / 6, square(scale)),
      entropy: ({ scale }) => add(log(scale), 1 + EULER),
    },
  ) as Gumbel
}
