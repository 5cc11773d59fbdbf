import { add, atan, div, drawUniform, log, maximum, mul, neg } from '@variate/core/ops'
import { cauchyLogDensity, cauchyQuantile, halfCauchyQuantile } from '@variate/core/internal'
import { nonnegative } from './constraints/nonnegative.ts'
import { positive } from './constraints/positive.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'

const LOG_TWO_PI = 1.8378770664093453

export interface HalfCauchy
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'halfCauchy'
  /** The median. */
  readonly scale: Parameter
}

/**
 * The half-Cauchy distribution, that of |X| for a Cauchy X at 0, with density 2 / (π·scale·(1 + z²)), z = x/scale,
 * for x ≥ 0.
 *
 * Its mean and its variance are infinite.
 *
 * @param scale the median, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Gelman, Prior distributions for variance parameters in hierarchical models, Bayesian Analysis 1 (2006).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { halfCauchy } from '@variate/distributions'
 *
 * halfCauchy(5).logProb([0, 5]).arraySync() // => [-2.061021, -2.754168]
 * halfCauchy(5).cdf(20).arraySync() // => 0.844042
 * ```
 */
export function halfCauchy(scale: Numbers): HalfCauchy {
  return define(
    'halfCauchy',
    { scale: [scale, positive] },
    {
      support: nonnegative,
      reparameterized: true,
      draw: ({ scale }, key, shape) => neg(mul(scale, cauchyQuantile(mul(0.5, drawUniform(key, shape))))),
      logProb: ({ scale }, x) => add(cauchyLogDensity(x, scale), Math.LN2),
      cdf: ({ scale }, x) => mul(2 / Math.PI, atan(div(maximum(x, 0), scale))),
      survival: ({ scale }, x) => mul(2 / Math.PI, atan(div(scale, maximum(x, 0)))),
      icdf: ({ scale }, probability) => mul(scale, halfCauchyQuantile(probability)),
      isf: ({ scale }, probability) => mul(neg(scale), cauchyQuantile(mul(0.5, probability))),
      mean: () => Infinity,
      variance: () => Infinity,
      entropy: ({ scale }) => add(log(scale), LOG_TWO_PI),
    },
  ) as HalfCauchy
}
