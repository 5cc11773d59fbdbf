import { mul } from '@variate/core/ops'
import { checkShape } from '@variate/core/internal'
import { combine } from './combine.ts'
import type { Constraint } from './constraints/constraint.ts'
import type { Distribution, Shape } from './distribution.ts'
import { sumLast } from './sumLast.ts'
import { withinSupport } from './withinSupport.ts'

export interface ImproperUniform extends Omit<Distribution, 'sample'> {
  readonly name: 'improperUniform'
}

/**
 * The improper distribution with density 1 throughout its support: a prior that says nothing. It cannot be drawn from.
 *
 * @param support where the density is 1, such as that of another distribution.
 * @param batchShape the shape of its batch.
 * @param eventShape the shape of an event.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { exponential, improperUniform } from '@variate/distributions'
 *
 * improperUniform(exponential(1).support).logProb([3, -1]).arraySync() // => [0, -Infinity]
 * ```
 */
export function improperUniform(
  support: Constraint,
  batchShape: Shape = [],
  eventShape: Shape = [],
): ImproperUniform {
  for (const shape of [batchShape, eventShape]) checkShape(shape, 'improperUniform')
  return combine('improperUniform', {
    batchShape: [...batchShape],
    eventShape: [...eventShape],
    support,
    // Its density has no finite integral: nothing can be drawn, and `combine` leaves out what is undefined.
    sample: undefined as never,
    // 0·x, so that NaN stays what it is.
    logProb: (x) =>
      withinSupport(support, eventShape, x, (inside) => sumLast(mul(inside, 0), eventShape.length)),
  }) as unknown as ImproperUniform
}
