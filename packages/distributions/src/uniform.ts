import { add, div, drawUniform, log, minimum, mul, square, sub } from '@variate/core/ops'
import { checkBelow } from './checkBelow.ts'
import { clamp } from './clamp.ts'
import { interval } from './constraints/interval.ts'
import { real } from './constraints/real.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'

export interface Uniform
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'uniform'
  /** The lower end. */
  readonly low: Parameter
  /** The upper end. */
  readonly high: Parameter
}

/**
 * The uniform distribution, with density 1 / (high − low), for low ≤ x ≤ high.
 *
 * @param low the lower end, below `high`.
 * @param high the upper end.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 26.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { uniform } from '@variate/distributions'
 *
 * uniform(-1, 3).logProb([0, 5]).arraySync() // => [-1.386294, -Infinity]
 * uniform(-1, 3).cdf(0).arraySync() // => 0.25
 * ```
 */
export function uniform(low: Numbers, high: Numbers): Uniform {
  return define(
    'uniform',
    { low: [low, real], high: [high, real] },
    {
      support: () => interval(low, high),
      check: (parameters) => checkBelow('uniform', parameters),
      reparameterized: true,
      draw: ({ low, high }, key, shape) =>
        minimum(add(low, mul(sub(high, low), drawUniform(key, shape))), high),
      // 0·x, so that NaN stays what it is.
      logProb: ({ low, high }, x) => sub(mul(0, x), log(sub(high, low))),
      cdf: ({ low, high }, x) => div(sub(clamp(x, low, high), low), sub(high, low)),
      icdf: ({ low, high }, probability) => minimum(add(low, mul(sub(high, low), probability)), high),
      mean: ({ low, high }) => add(mul(0.5, low), mul(0.5, high)),
      variance: ({ low, high }) => div(square(sub(high, low)), 12),
      entropy: ({ low, high }) => log(sub(high, low)),
    },
  ) as Uniform
}
