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
    forward: (x) => forPositive(x, (at) => pow(at, resolved().exponent)),
    inverse: (y) => forPositive(y, (at) => pow(at, div(1, resolved().exponent))),
    forwardLogDet: (x) =>
      forPositive(x, (at) => {
        const { exponent } = resolved()
        return add(log(abs(exponent)), xlogy(sub(exponent, 1), at))
      }),
    inverseLogDet: (y) =>
      forPositive(y, (at) => {
        const { exponent } = resolved()
        return sub(xlogy(sub(div(1, exponent), 1), at), log(abs(exponent)))
      }),
  })
}

/** f(x), NaN for x < 0: whole powers of negative numbers exist, but the map is not onto them. */
function forPositive(x: Tensor, f: (x: Tensor) => Real): Real {
  const isNegative = less(x, 0)
  return where(isNegative, NaN, f(where(isNegative, 1, x) as Tensor))
}
