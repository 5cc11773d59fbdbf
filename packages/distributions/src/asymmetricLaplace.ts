import {
  add,
  div,
  exp,
  expm1,
  less,
  log,
  log1p,
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
import type { Resolved } from './define.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { drawTails } from './drawTails.ts'
import { standardize, unstandardize } from './standardize.ts'

export interface AsymmetricLaplace
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'asymmetricLaplace'
  /** The mode. */
  readonly loc: Parameter
  /** The scale. */
  readonly scale: Parameter
  /** κ: 1 for the Laplace distribution, below 1 with the longer tail on the right. */
  readonly asymmetry: Parameter
}

/**
 * The asymmetric Laplace distribution, with density exp(−|x − loc|/s) / (scale·(κ + 1/κ)), κ = asymmetry, s =
 * scale·κ left of loc and scale/κ right of it, on the real line.
 *
 * @param loc the mode, any real number.
 * @param scale the scale, > 0.
 * @param asymmetry κ > 0: 1 for the Laplace distribution, below 1 with the longer tail on the right.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Kotz, Kozubowski and Podgórski, The Laplace Distribution and Generalizations (2001), ch. 3.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { asymmetricLaplace } from '@variate/distributions'
 *
 * asymmetricLaplace(0, 1, 0.5).logProb([-1, 1]).arraySync() // => [-2.916291, -1.416291]
 * asymmetricLaplace(0, 1, 0.5).cdf(0).arraySync() // => 0.2
 * ```
 */
export function asymmetricLaplace(loc: Numbers, scale: Numbers, asymmetry: Numbers): AsymmetricLaplace {
  return define(
    'asymmetricLaplace',
    { loc: [loc, real], scale: [scale, positive], asymmetry: [asymmetry, positive] },
    {
      support: real,
      reparameterized: true,
      draw: (p, key, shape) => {
        const [below, above] = drawTails(key, shape)
        return unstandardize(p, quantile(p.asymmetry, below, log(above)))
      },
      logProb: (p, x) => neg(add(distance(p, standardize(p, x)), add(log(p.scale), log(sides(p.asymmetry))))),
      cdf: (p, x) => {
        const z = standardize(p, x)
        const at = massBelow(p.asymmetry)
        const below = mul(at, exp(neg(distance(p, minimum(z, 0)))))
        const above = mul(massAbove(p.asymmetry), expm1(neg(distance(p, maximum(z, 0)))))
        return where(less(z, 0), below, sub(at, above))
      },
      icdf: (p, probability) => unstandardize(p, quantile(p.asymmetry, probability, log1p(neg(probability)))),
      mean: (p) => unstandardize(p, sub(div(1, p.asymmetry), p.asymmetry)),
      variance: ({ scale, asymmetry }) =>
        mul(square(scale), add(square(asymmetry), div(1, square(asymmetry)))),
      entropy: ({ scale, asymmetry }) => add(log(scale), add(log(sides(asymmetry)), 1)),
    },
  ) as AsymmetricLaplace
}

/** κ + 1/κ, the sum of the two sides' scales for scale 1. */
function sides(asymmetry: Real): Real {
  return add(asymmetry, div(1, asymmetry))
}

/** P(X < loc). */
function massBelow(asymmetry: Real): Real {
  return div(asymmetry, sides(asymmetry))
}

/** P(X > loc). */
function massAbove(asymmetry: Real): Real {
  return div(1, mul(asymmetry, sides(asymmetry)))
}

/** |z| in units of the scale of its side. */
function distance({ asymmetry }: Resolved<'asymmetry'>, z: Real): Real {
  return where(less(z, 0), neg(div(z, asymmetry)), mul(z, asymmetry))
}

/** By the probability below and the logarithm of that above. */
function quantile(asymmetry: Real, p: Real, logQ: Real): Real {
  const at = massBelow(asymmetry)
  const below = log(div(minimum(p, at), at))
  const above = minimum(add(logQ, log1p(square(asymmetry))), 0)
  return sub(mul(asymmetry, below), div(above, asymmetry))
}
