import type { Tensor } from '@tensorflow/tfjs-core'
import {
  abs,
  add,
  equal,
  floor,
  greater,
  less,
  logAddExp,
  mul,
  neg,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { checkUnivariate } from './bounded.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import { nonnegative } from './constraints/nonnegative.ts'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import type { Capabilities, Distribution } from './distribution.ts'
import { SMALLEST } from './float32.ts'
import type { OfNumbers } from './kinds.ts'
import { massAround } from './massAround.ts'
import { tailMass } from './tailMass.ts'
import { withinSupport } from './withinSupport.ts'

/** The distribution of |X|. */
export type Folded<Base extends Distribution = Distribution> = Distribution & {
  readonly name: 'folded'
  readonly base: Base
} & Inherit<Base, 'cdf' | 'survival' | 'reparameterized'>

/**
 * The distribution of |X|, with density p(x) + p(−x) for x ≥ 0; at 0 a side counts where `base` has values.
 *
 * @param base a distribution of numbers, continuous or discrete.
 * @throws UnsupportedError for a `base` whose events are not numbers.
 * @see Leone, Nelson and Nottingham, "The folded normal distribution" (1961).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { folded, normal } from '@variate/distributions'
 *
 * folded(normal(1, 1)).logProb([0, 1, -1]).arraySync() // => [-0.725791, -0.792011, -Infinity]
 * ```
 */
export function folded<Base extends Distribution>(base: Base & OfNumbers<Base, 'folded'>): Folded<Base> {
  checkUnivariate('folded', base)
  const { isDiscrete } = base.support
  const { cdf, survival, reparameterized } = base as Able
  const { between } = tailMass(base as Able as Distribution & Pick<Capabilities, 'cdf'>)
  /** What is strictly below the values whose absolute value is at most x. */
  const before = (x: Tensor): Tensor => (isDiscrete ? sub(-1, floor(x)) : neg(x)) as Tensor
  const side = (x: Tensor, sign: number): Real => {
    const outside = base.support.outside(where(equal(x, 0), sign * SMALLEST, mul(sign, x)) as Tensor)
    const logP = base.logProb(mul(sign, x))
    return outside ? where(outside, -Infinity, logP) : logP
  }
  const support = isDiscrete ? nonnegativeInteger : nonnegative
  const result = combine('folded', {
    batchShape: base.batchShape,
    eventShape: [],
    support,
    parameters: base.parameters,
    reparameterized,
    sample: (key, sampleShape) => abs(base.sample(key, sampleShape)),
    logProb: (x) =>
      withinSupport(support, [], x, (inside) => {
        if (!isDiscrete) return logAddExp(side(inside, 1), side(inside, -1))
        const logP = base.logProb(inside)
        return where(equal(inside, 0), logP, logAddExp(logP, base.logProb(neg(inside))))
      }),
    cdf:
      cdf &&
      ((x) => {
        const inside = where(less(x, 0), 0, x) as Tensor
        const end = before(inside)
        const below = cdf(end)
        const isUpper = survival ? greater(below, 0.5) : 0
        const mass = between(end, inside, isUpper)
        const from = survival ? where(isUpper, survival(end), cdf(inside)) : cdf(inside)
        return where(less(x, 0), 0, isDiscrete ? mass : massAround(base, inside, mass, from))
      }),
    survival:
      cdf &&
      survival &&
      ((x) => {
        const inside = where(less(x, 0), 0, x) as Tensor
        return where(less(x, 0), 1, add(survival(inside), cdf(before(inside))))
      }),
  })
  return Object.freeze({ ...result, base }) as never
}
