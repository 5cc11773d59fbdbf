import type { Tensor } from '@tensorflow/tfjs-core'
import { reshape, where, type Real } from '@variate/core/ops'
import type { Constraint } from './constraints/constraint.ts'
import type { Shape } from './distribution.ts'

/** log f(x) for events of the support, −∞ elsewhere, where f is not asked: gradients there are 0. */
export function withinSupport(
  support: Constraint,
  eventShape: Shape,
  x: Tensor,
  logOf: (inside: Tensor) => Real,
): Real {
  const outside = support.outside(x)
  return outside ? where(outside, -Infinity, logOf(moveInside(support, eventShape, x, outside))) : logOf(x)
}

/** `x` with events outside the support replaced by one inside. */
export function moveInside(
  support: Constraint,
  eventShape: Shape,
  x: Tensor,
  outside: Tensor | undefined = support.outside(x),
): Tensor {
  if (!outside) return x
  const events = reshape(outside, [...outside.shape, ...eventShape.map(() => 1)])
  return where(events, support.inside(eventShape), x) as Tensor
}
