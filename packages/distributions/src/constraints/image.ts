import type { Tensor } from '@tensorflow/tfjs-core'
import { broadcastShapes, broadcastTo, constant, isFinite, not, or, stopGradient } from '@variate/core/ops'
import type { Bijector } from '../bijectors/bijector.ts'
import type { Shape } from '../distribution.ts'
import { constantOf } from '../constantOf.ts'
import { anyElement } from './anyElement.ts'
import type { Constraint } from './constraint.ts'

export interface ImageConstraint extends Constraint {
  readonly base: Constraint
  readonly map: Bijector
}

/**
 * What a bijector makes of a set, whose events have at least the axes that the bijector needs. What is mapped there
 * only in the limit is outside.
 */
export function image(base: Constraint, map: Bijector): ImageConstraint {
  const eventRank = base.eventRank + map.codomainRank - map.domainRank
  const outside = (y: Tensor): Tensor =>
    constantOf(() => {
      const x = map.inverse(y)
      const hasNone = anyElement(not(isFinite(x)), y, base.eventRank, eventRank)
      const beyond = base.outside(x)
      return beyond ? or(hasNone, beyond) : hasNone
    })
  return Object.freeze({
    name: 'image',
    description: `${map.name} of what is ${base.description}`,
    eventRank,
    isDiscrete: base.isDiscrete,
    base,
    map,
    violation: (event: ArrayLike<number>, eventShape: Shape) => {
      const y = constant({ shape: eventShape, data: event } as never)
      const text = Array.from(event).join(', ')
      return Array.from(outside(y).dataSync()).every(Boolean) ? text : undefined
    },
    outside,
    inside: (eventShape: Shape) => {
      const shape = map.inverseShape(eventShape)
      const x = constant(base.inside(shape))
      return stopGradient(map.forward(broadcastTo(x, broadcastShapes([x.shape, shape]))))
    },
  })
}
