import { add, div, drawUniform, log, mul, neg, square, sub, type Real } from '@variate/core/ops'
import { cothExcess, interpolateLogs, logRatio } from '@variate/core/internal'
import { checkBelow } from './checkBelow.ts'
import { clamp } from './clamp.ts'
import { interval } from './constraints/interval.ts'
import { positive } from './constraints/positive.ts'
import type { Resolved } from './define.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'

export interface LogUniform
  extends
    Distribution,
    Reparameterized,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'logUniform'
  /** The lower end. */
  readonly low: Parameter
  /** The upper end. */
  readonly high: Parameter
}

/**
 * The log-uniform or reciprocal distribution, that of exp(Y) for a uniform Y, with density 1 / (x·log(high/low)),
 * for low ≤ x ≤ high.
 *
 * @param low the lower end, > 0, below `high`.
 * @param high the upper end.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Hamming, On the distribution of numbers, Bell System Technical Journal 49 (1970).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { logUniform } from '@variate/distributions'
 *
 * logUniform(1, 100).logProb([1, 10]).arraySync() // => [-1.52718, -3.829765]
 * logUniform(1, 100).cdf(10).arraySync() // => 0.5
 * ```
 */
export function logUniform(low: Numbers, high: Numbers): LogUniform {
  return define(
    'logUniform',
    { low: [low, positive], high: [high, positive] },
    {
      support: () => interval(low, high),
      check: (parameters) => checkBelow('logUniform', parameters),
      reparameterized: true,
      draw: ({ low, high }, key, shape) =>
        clamp(interpolateLogs(drawUniform(key, shape), low, high), low, high),
      logProb: ({ low, high }, x) => neg(add(log(x), log(logRatio(high, low)))),
      cdf: ({ low, high }, x) => div(logRatio(clamp(x, low, high), low), logRatio(high, low)),
      icdf: ({ low, high }, probability) => interpolateLogs(probability, low, high),
      mean,
      variance: (p) => mul(square(mean(p)), cothExcess(mul(0.5, logRatio(p.high, p.low)))),
      entropy: ({ low, high }) => add(mul(0.5, add(log(low), log(high))), log(logRatio(high, low))),
    },
  ) as LogUniform
}

function mean({ low, high }: Resolved<'low' | 'high'>): Real {
  return div(sub(high, low), logRatio(high, low))
}
