import type { Tensor } from '@tensorflow/tfjs-core'
import { abs, equal, floor, less, logAddExp, neg, sub, where } from '@variate/core/ops'
import { checkUnivariate } from './bounded.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import { nonnegative } from './constraints/nonnegative.ts'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import type { Distribution } from './distribution.ts'
import type { OfNumbers } from './kinds.ts'
import { withinSupport } from './withinSupport.ts'

/** The distribution of |X|. */
export type Folded<Base extends Distribution = Distribution> = Distribution & {
  readonly name: 'folded'
  readonly base: Base
} & Inherit<Base, 'cdf' | 'reparameterized'>

/**
 * The distribution of |X|, with density p(x) + p(−x) for x ≥ 0.
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
  const { cdf, reparameterized } = base as Able
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
        const both = logAddExp(base.logProb(inside), base.logProb(neg(inside)))
        return isDiscrete ? where(equal(inside, 0), base.logProb(inside), both) : both
      }),
    cdf:
      cdf &&
      ((x) => {
        const inside = where(less(x, 0), 0, isDiscrete ? floor(x) : x) as Tensor
        const below = isDiscrete ? sub(neg(inside), 1) : neg(inside)
        return where(less(x, 0), 0, sub(cdf(inside), cdf(below)))
      }),
  })
  return Object.freeze({ ...result, base }) as never
}
