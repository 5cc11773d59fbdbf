import {
  add,
  clip,
  div,
  drawUniform,
  floor,
  log,
  minimum,
  mul,
  neg,
  sub,
  type Real,
  cast,
  constant,
  maximum,
} from '@variate/core/ops'
import { checkBelow } from './checkBelow.ts'
import { integer } from './constraints/integer.ts'
import { integerInterval } from './constraints/integerInterval.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter } from './distribution.ts'
import { commonNumber, enumerated, wholeNumbers } from './enumerated.ts'

export interface DiscreteUniform
  extends
    Distribution,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'discreteUniform'
  /** The least value. */
  readonly low: Parameter
  /** The greatest value. */
  readonly high: Parameter
}

/**
 * The uniform distribution on whole numbers, with probability 1 / (high − low + 1) of each of low, low + 1, …, high.
 *
 * @param low the least value, a whole number.
 * @param high the greatest value, itself included: a whole number ≥ low.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), §6.10.1.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { discreteUniform } from '@variate/distributions'
 *
 * const die = discreteUniform(1, 6)
 * die.logProb([0, 1, 6]).arraySync() // => [-Infinity, -1.791759, -1.791759]
 * die.mean().arraySync() // => 3.5
 * ```
 */
export function discreteUniform(low: Numbers, high: Numbers): DiscreteUniform {
  return define(
    'discreteUniform',
    { low: [low, integer], high: [high, integer] },
    {
      support: integerInterval(low, high),
      check: ({ low, high }) => checkBelow('discreteUniform', { low, high }, true),
      draw: (p, key, shape) => {
        const step = minimum(floor(mul(drawUniform(key, shape), countOf(p))), sub(countOf(p), 1))
        return cast(constant(add(p.low, step)), 'int32')
      },
      // A value of NaN makes it NaN.
      logProb: (p, x) => sub(mul(0, x), log(countOf(p))),
      cdf: (p, x) => clip(div(add(sub(floor(x), p.low), 1), countOf(p)), 0, 1),
      icdf: (p, probability) => {
        const step = sub(neg(floor(neg(mul(probability, countOf(p))))), 1)
        return add(p.low, maximum(step, 0))
      },
      mean: ({ low, high }) => div(add(low, high), 2),
      variance: (p) => div(mul(sub(countOf(p), 1), add(countOf(p), 1)), 12),
      entropy: (p) => log(countOf(p)),
      enumerateSupport: (p) => {
        const [low, high] = [p.low, p.high].map((end) => commonNumber(end, 'discreteUniform: an end'))
        return enumerated(wholeNumbers(low!, high!), p)
      },
    },
  ) as DiscreteUniform
}

function countOf({ low, high }: Resolved<'low' | 'high'>): Real {
  return add(sub(high, low), 1)
}
