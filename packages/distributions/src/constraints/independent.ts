import type { Tensor } from '@tensorflow/tfjs-core'
import type { Shape } from '../distribution.ts'
import { place } from '../parameter.ts'
import { anyElement } from './anyElement.ts'
import type { Constraint } from './constraint.ts'

export interface IndependentConstraint extends Constraint {
  /** The set that each part of an event is in. */
  readonly base: Constraint
  /** How many axes of an event count the parts. */
  readonly axes: number
}

/** Arrays of events of `base`: the last `axes` axes before its own are part of an event, too. */
export function independent(base: Constraint, axes: number): IndependentConstraint {
  return Object.freeze({
    name: 'independent',
    base,
    axes,
    description: base.description,
    eventRank: base.eventRank + axes,
    isDiscrete: base.isDiscrete,
    violation: (event: ArrayLike<number>, eventShape: Shape) => {
      const own = eventShape.slice(eventShape.length - base.eventRank)
      const size = own.reduce((product, length) => product * length, 1)
      for (let at = 0; at * size < event.length; at++) {
        const found = base.violation(Array.prototype.slice.call(event, at * size, (at + 1) * size), own)
        if (found !== undefined) return `${found}${place(at, eventShape.slice(0, axes))}`
      }
      return undefined
    },
    outside: (x: Tensor) => {
      const outside = base.outside(x)
      return outside && anyElement(outside, x, axes, base.eventRank + axes)
    },
    inside: (eventShape: Shape) => base.inside(eventShape.slice(axes)),
  })
}
