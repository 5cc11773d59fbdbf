import type { Bijector, ElementwiseBijector } from './bijector.ts'

/** The inverse map: x = f⁻¹(y). */
export function invert<Map extends Bijector>(
  map: Map,
): Map extends ElementwiseBijector ? ElementwiseBijector : Bijector {
  return Object.freeze({
    ...map,
    name: `invert(${map.name})`,
    domainRank: map.codomainRank,
    codomainRank: map.domainRank,
    forward: map.inverse,
    inverse: map.forward,
    forwardLogDet: map.inverseLogDet,
    inverseLogDet: map.forwardLogDet,
    forwardShape: map.inverseShape,
    inverseShape: map.forwardShape,
  }) as never
}
