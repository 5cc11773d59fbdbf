import { abs, add, div, log, mul, neg, sign, sub } from '@variate/core/ops'
import { nonzero } from '../constraints/nonzero.ts'
import { real } from '../constraints/real.ts'
import type { Numbers } from '../distribution.ts'
import { toParameters } from '../parameters.ts'
import type { ElementwiseBijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'

/**
 * y = loc + scale·x.
 *
 * @param scale ≠ 0.
 * @throws DomainError for a scale of 0; ShapeError for shapes that do not broadcast.
 */
export function affine(loc: Numbers, scale: Numbers): ElementwiseBijector {
  const { batchShape, resolved } = toParameters('affine', { loc: [loc, real], scale: [scale, nonzero] })
  const logSlope = () => log(abs(resolved().scale))
  return elementwise('affine', {
    batchShape,
    direction: () => sign(resolved().scale),
    forward: (x) => {
      const { loc, scale } = resolved()
      return add(loc, mul(scale, x))
    },
    inverse: (y) => {
      const { loc, scale } = resolved()
      return div(sub(y, loc), scale)
    },
    forwardLogDet: logSlope,
    inverseLogDet: () => neg(logSlope()),
  })
}
