import { sum } from '@variate/core/ops'
import type { Bijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'

/** The same map with events that have `axes` more axes, along which it is applied to each part. */
export function batched(map: Bijector, axes: number): Bijector {
  if (axes === 0) return map
  const last = Array.from({ length: axes }, (_, i) => -1 - i)
  return defineBijector(map.name, {
    domainRank: map.domainRank + axes,
    codomainRank: map.codomainRank + axes,
    forwardShape: (shape) => map.forwardShape(shape),
    inverseShape: (shape) => map.inverseShape(shape),
    forward: (x) => map.forward(x),
    inverse: (y) => map.inverse(y),
    forwardLogDet: (x) => sum(map.forwardLogDet(x), last),
    inverseLogDet: (y) => sum(map.inverseLogDet(y), last),
  })
}
