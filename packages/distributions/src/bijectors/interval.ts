import type { Tensor } from '@tensorflow/tfjs-core'
import { add, constant, log, less, mul, neg, sigmoid, sub, where } from '@variate/core/ops'
import { checkBelow } from '../checkBelow.ts'
import { real } from '../constraints/real.ts'
import type { Numbers } from '../distribution.ts'
import { toParameters } from '../parameters.ts'
import type { ElementwiseBijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'
import { logSigmoidSlope } from './sigmoid.ts'

/**
 * y = low + (high − low)·sigmoid(x), onto the numbers between low and high.
 *
 * @throws DomainError unless low < high and both are finite; ShapeError for shapes that do not broadcast.
 */
export function interval(low: Numbers, high: Numbers): ElementwiseBijector {
  const { batchShape, resolved } = toParameters(
    'interval',
    { low: [low, real], high: [high, real] },
    (ends) => checkBelow('interval', { low: ends.low, high: ends.high }),
  )
  // As tensors, and so rounded as values are: what is rounded to an end is not beyond it.
  const ends = (): { low: Tensor; high: Tensor } => {
    const { low, high } = resolved()
    return { low: constant(low), high: constant(high) }
  }
  return elementwise('interval', {
    batchShape,
    forward: (x) => {
      const { low, high } = ends()
      const width = sub(high, low)
      // From the nearer end, so that rounding never leads beyond either.
      return where(less(x, 0), add(low, mul(width, sigmoid(x))), sub(high, mul(width, sigmoid(neg(x)))))
    },
    inverse: (y) => {
      const { low, high } = ends()
      return sub(log(sub(y, low)), log(sub(high, y)))
    },
    forwardLogDet: (x) => {
      const { low, high } = ends()
      return add(log(sub(high, low)), logSigmoidSlope(x))
    },
    inverseLogDet: (y) => {
      const { low, high } = ends()
      return sub(log(sub(high, low)), add(log(sub(y, low)), log(sub(high, y))))
    },
  })
}
