import type { Tensor } from '@tensorflow/tfjs-core'
import { leavesOf, withLeaves } from '@variate/core/internal'
import { add, fill, mul, neg } from '@variate/core/ops'
import { checkRate, rateAt, type Optimizer, type Rate } from './optimizer.ts'

export interface SgdState {
  readonly [name: string]: Tensor
  /** How many steps there have been. */
  readonly count: Tensor
}

/**
 * Gradient descent: each update is −rate · gradient.
 *
 * @param rate the length of steps in units of the gradient, or a function of the step's number that gives it.
 * @throws DomainError for a rate that is not > 0.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { applyUpdates, sgd } from '@variate/inference'
 *
 * const optimizer = sgd(0.5)
 * const params = { w: constant([1, 2]) }
 * const { updates } = optimizer.update({ w: constant([4, -2]) }, optimizer.init(params), params)
 * applyUpdates(params, updates).w.arraySync() // => [-1, 3]
 * ```
 */
export function sgd(rate: Rate): Optimizer<SgdState> {
  checkRate('sgd', rate)
  return {
    isElementwise: true,
    init: () => ({ count: fill([], 0, 'int32') }),
    update: (grads, { count }, params) => {
      const scale = rateAt(rate, count)
      const steps = leavesOf(grads, params, 'sgd: grads').map((g) => neg(mul(scale, g)))
      return { updates: withLeaves(params, steps), state: { count: add(count, 1) } }
    },
  }
}
