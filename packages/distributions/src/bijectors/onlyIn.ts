import type { Tensor } from '@tensorflow/tfjs-core'
import { constant, reshape, where, type Real } from '@variate/core/ops'
import type { Constraint } from '../constraints/constraint.ts'
import { moveInside } from '../withinSupport.ts'

/** `f` for events of a set, NaN for others. */
export function onlyIn(set: Constraint, f: (y: Tensor) => Real): (y: Tensor) => Real {
  return (y) => {
    const outside = set.outside(y)
    if (!outside) return f(y)
    const value = constant(f(moveInside(set, y.shape.slice(y.rank - set.eventRank), y, outside)))
    const axes = Array.from({ length: value.rank - outside.rank }, () => 1)
    return where(reshape(outside, [...outside.shape, ...axes]), NaN, value)
  }
}
