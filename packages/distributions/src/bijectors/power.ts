import type { Tensor } from '@tensorflow/tfjs-core'
import { abs, add, div, less, log, pow, sign, sub, where, xlogy, type Real } from '@variate/core/ops'
import { nonzero } from '../constraints/nonzero.ts'
import type { Numbers } from '../distribution.ts'
import { toParameters } from '../parameters.ts'
import type { ElementwiseBijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'

/**
 * y = xᵖ, from positive numbers onto positive numbers.
 *
 * @param exponent p ≠ 0.
 * @throws DomainError for an exponent of 0.
 */
export function power(exponent: Numbers): ElementwiseBijector {
  const { batchShape, resolved } = toParameters('power', { exponent: [exponent, nonzero] })
  return elementwise('power', {
    batchShape,
    direction: () => sign(resolved().exponent),
    forward: (x) => pow(positiveOnly(x), resolved().exponent),
    inverse: (y) => pow(positiveOnly(y), div(1, resolved().exponent)),
    forwardLogDet: (x) => {
      const { exponent } = resolved()
      return add(log(abs(exponent)), xlogy(sub(exponent, 1), positiveOnly(x)))
    },
    inverseLogDet: (y) => {
      const { exponent } = resolved()
      return sub(xlogy(sub(div(1, exponent), 1), positiveOnly(y)), log(abs(exponent)))
    },
  })
}

/** Whole powers of negative numbers exist, but the map is not onto them. */
function positiveOnly(x: Tensor): Real {
  return where(less(x, 0), NaN, x)
}
