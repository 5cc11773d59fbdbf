import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import {
  add,
  clip,
  div,
  drawRandint,
  floor,
  log,
  minimum,
  isTensor,
  greaterEqual,
  less,
  where,
  mul,
  neg,
  sub,
  type Real,
  constant,
  maximum,
} from '@variate/core/ops'
import { checkBelow } from './checkBelow.ts'
import { integer } from './constraints/integer.ts'
import { integerInterval } from './constraints/integerInterval.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter } from './distribution.ts'
import { commonNumber, enumerated, wholeNumbers } from './enumerated.ts'
import { place } from './parameter.ts'

export interface DiscreteUniform
  extends
    Distribution,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'discreteUniform'
  /** The least value. */
  readonly low: Parameter
  /** The greatest value. */
  readonly high: Parameter
}

/**
 * The uniform distribution on whole numbers, with probability 1 / (high − low + 1) of each of low, low + 1, …, high.
 *
 * @param low the least value, a whole number from −2³¹ to 2³¹ − 1, like `high`.
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
  const d: DiscreteUniform = define(
    'discreteUniform',
    { low: [low, integer], high: [high, integer] },
    {
      support: integerInterval(low, high),
      check: ({ low, high }) => {
        checkInt32('low', low)
        checkInt32('high', high)
        checkBelow('discreteUniform', { low, high }, true)
      },
      draw: (_, key, shape): Tensor => drawRandint(key, shape, exact(d.low), exact(d.high)),
      // A value of NaN makes it NaN.
      logProb: (p, x) => sub(mul(0, x), log(countOf(p))),
      cdf: (p, x) => clip(div(add(sub(floor(x), p.low), 1), countOf(p)), 0, 1),
      survival: (p, x) => clip(div(sub(p.high, floor(x)), countOf(p)), 0, 1),
      icdf: (p, probability) => {
        const count = countOf(p)
        const near = sub(neg(floor(neg(mul(probability, count)))), 1)
        // The product is rounded: the neighbours are judged by the quotients that `cdf` gives.
        const isBefore = greaterEqual(div(near, count), probability)
        const isAfter = less(div(add(near, 1), count), probability)
        const step = add(near, where(isBefore, -1, where(isAfter, 1, 0)))
        return add(p.low, minimum(maximum(step, 0), sub(count, 1)))
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
  return d
}

/** The end with all digits of an int32, which float32 has not. */
function exact(end: Parameter): Tensor {
  return isTensor(end) ? end : constant(end as never, 'int32')
}

/** @throws DomainError for an end that is no int32, as draws are. */
function checkInt32(name: string, end: Parameter): void {
  const [data, shape] =
    typeof end === 'number' ? [[end], []] : [isTensor(end) ? end.dataSync() : end.data, end.shape]
  const at = Array.from(data).findIndex((x) => x < -(2 ** 31) || x >= 2 ** 31)
  if (at < 0) return
  throw new DomainError(
    `discreteUniform: ${name} must be from -2^31 to 2^31 - 1, got ${data[at]}${place(at, shape)}`,
  )
}

function countOf({ low, high }: Resolved<'low' | 'high'>): Real {
  return add(sub(high, low), 1)
}
