import { add, sub } from '@variate/core/ops'
import { real } from '../constraints/real.ts'
import type { Numbers } from '../distribution.ts'
import { toParameters } from '../parameters.ts'
import type { ElementwiseBijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'
import { exp } from './exp.ts'
import { softplus } from './softplus.ts'

export interface HalfLineOptions {
  /** How far from the end x is mapped: `'exp'` (the default) or `'softplus'`. */
  readonly via?: 'exp' | 'softplus'
}

/**
 * y = low + eˣ, or low + log(1 + eˣ): onto the numbers > low.
 *
 * @throws DomainError for an end that is not finite.
 */
export function above(low: Numbers, { via = 'exp' }: HalfLineOptions = {}): ElementwiseBijector {
  const { batchShape, resolved } = toParameters('above', { low: [low, real] })
  const map = via === 'exp' ? exp : softplus
  return elementwise('above', {
    batchShape,
    forward: (x) => add(resolved().low, map.forward(x)),
    inverse: (y) => map.inverse(sub(y, resolved().low)),
    forwardLogDet: (x) => map.forwardLogDet(x),
    inverseLogDet: (y) => map.inverseLogDet(sub(y, resolved().low)),
  })
}

/**
 * y = high − eˣ, or high − log(1 + eˣ): onto the numbers < high. It falls.
 *
 * @throws DomainError for an end that is not finite.
 */
export function below(high: Numbers, { via = 'exp' }: HalfLineOptions = {}): ElementwiseBijector {
  const { batchShape, resolved } = toParameters('below', { high: [high, real] })
  const map = via === 'exp' ? exp : softplus
  return elementwise('below', {
    batchShape,
    direction: () => -1,
    forward: (x) => sub(resolved().high, map.forward(x)),
    inverse: (y) => map.inverse(sub(resolved().high, y)),
    forwardLogDet: (x) => map.forwardLogDet(x),
    inverseLogDet: (y) => map.inverseLogDet(sub(resolved().high, y)),
  })
}
