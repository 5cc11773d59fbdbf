import {
  abs,
  add,
  exp,
  less,
  log,
  maximum,
  minimum,
  mul,
  neg,
  square,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { positive } from './constraints/positive.ts'
import { real } from './constraints/real.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { drawTails } from './drawTails.ts'
import { standardize, unstandardize } from './standardize.ts'

export interface Laplace
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'laplace'
  /** The mean. */
  readonly loc: Parameter
  /** The mean distance from `loc`. */
  readonly scale: Parameter
}

/**
 * The Laplace or double exponential distribution, with density exp(−|z|) / (2·scale), z = (x − loc)/scale, on the
 * real line.
 *
 * @param loc the mean, any real number.
 * @param scale the mean distance from `loc`, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 24.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { laplace } from '@variate/distributions'
 *
 * laplace(0, 1).logProb([0, -3]).arraySync() // => [-0.693147, -3.693147]
 * laplace(1, 2).cdf(2).arraySync() // => 0.696735
 * ```
 */
export function laplace(loc: Numbers, scale: Numbers): Laplace {
  return define(
    'laplace',
    { loc: [loc, real], scale: [scale, positive] },
    {
      support: real,
      reparameterized: true,
      draw: (p, key, shape) => {
        const [below, above] = drawTails(key, shape)
        return unstandardize(p, quantile(below, above))
      },
      logProb: (p, x) => neg(add(abs(standardize(p, x)), add(log(p.scale), Math.LN2))),
      cdf: (p, x) => below(standardize(p, x)),
      survival: (p, x) => below(neg(standardize(p, x))),
      icdf: (p, probability) => unstandardize(p, quantile(probability, sub(1, probability))),
      isf: (p, probability) => unstandardize(p, quantile(sub(1, probability), probability)),
      mean: ({ loc }) => loc,
      variance: ({ scale }) => mul(2, square(scale)),
      entropy: ({ scale }) => add(log(scale), 1 + Math.LN2),
    },
  ) as Laplace
}

/** P(Z ≤ z) of the standard distribution. */
function below(z: Real): Real {
  return where(less(z, 0), mul(0.5, exp(minimum(z, 0))), sub(1, mul(0.5, exp(neg(maximum(z, 0))))))
}

function quantile(p: Real, q: Real): Real {
  return sub(log(mul(2, minimum(p, 0.5))), log(mul(2, minimum(q, 0.5))))
}
