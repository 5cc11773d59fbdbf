import { ShapeError } from '@variate/core'
import { checkDistribution } from './checkDistribution.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import { independent as independentSet } from './constraints/independent.ts'
import type { Distribution, Numbers } from './distribution.ts'
import { sumLast } from './sumLast.ts'

/** A distribution whose last batch axes are axes of its events. */
export type Independent<Base extends Distribution = Distribution> = Distribution & {
  readonly name: 'independent'
  readonly base: Base
  /** How many axes of the batch became axes of an event. */
  readonly axes: number
} & Inherit<Base, 'mean' | 'variance' | 'entropy' | 'reparameterized'>

/**
 * The joint distribution of a batch of independent ones: its last `axes` batch axes become the first axes of an event,
 * over which log densities are summed.
 *
 * @param axes how many; all if not given.
 * @throws ShapeError if the batch has fewer axes.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { independent, normal } from '@variate/distributions'
 *
 * const point = independent(normal([0, 1, 2], 1))
 * point.eventShape // => [3]
 * point.logProb([0, 1, 2]).arraySync() // => -2.75682
 * ```
 */
export function independent<Base extends Distribution>(
  base: Base,
  axes: number = (base as Base | undefined)?.batchShape?.length ?? 0,
): Independent<Base> {
  checkDistribution('independent: base', base)
  const { batchShape, eventShape, mean, variance, entropy, reparameterized } = base as Able
  const kept = batchShape.length - axes
  if (!Number.isInteger(axes) || axes < 0 || kept < 0) {
    throw new ShapeError(
      `independent: axes must be a whole number from 0 to ${batchShape.length}, got ${axes}`,
    )
  }
  const joint = combine('independent', {
    batchShape: batchShape.slice(0, kept),
    eventShape: [...batchShape.slice(kept), ...eventShape],
    support: axes === 0 ? base.support : independentSet(base.support, axes),
    reparameterized,
    sample: (key, sampleShape) => base.sample(key, sampleShape),
    logProb: (x: Numbers) => sumLast(base.logProb(x), axes),
    mean,
    variance,
    entropy: entropy && (() => sumLast(entropy(), axes)),
  })
  return Object.freeze({ ...joint, base, axes }) as Independent<Base>
}
