import type { Tensor } from '@tensorflow/tfjs-core'
import { leavesOf, shareSeen, withLeaves } from '@variate/core/internal'
import { abs, add, div, fill, maximum, mul, neg } from '@variate/core/ops'
import type { AdamOptions } from './adam.ts'
import { checkOptions } from './checkOptions.ts'
import { checkRate, rateAt, type Optimizer } from './optimizer.ts'
import { zerosLike } from './zerosLike.ts'

export interface AdamaxState {
  readonly [name: string]: Tensor | readonly Tensor[]
  /** How many steps there have been. */
  readonly count: Tensor
  /** Running means of the gradients, tensor by tensor. */
  readonly first: readonly Tensor[]
  /** The largest |g| + epsilon so far, each decayed by beta2 a step. */
  readonly largest: readonly Tensor[]
}

/**
 * AdaMax: Adam with the largest decayed gradient in place of the root of the running mean of squares. No gradient, however large,
 * makes its squares overflow.
 *
 * @param options those of `adam`; epsilon is added to the size of each gradient.
 * @throws DomainError for a rate or an epsilon that is not > 0, and betas outside [0, 1).
 * @see Kingma and Ba, Adam: A Method for Stochastic Optimization (ICLR 2015), algorithm 2.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { adamax } from '@variate/inference'
 *
 * const { init, update } = adamax({ rate: 0.5 })
 * const params = constant([0, 0])
 * update(constant([20, -0.01]), init(params), params).updates.arraySync() // => [-0.5, 0.5]
 * ```
 */
export function adamax(options: AdamOptions = {}): Optimizer<AdamaxState> {
  const { rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options
  checkRate('adamax', rate)
  checkOptions('adamax', 'in [0, 1)', { beta1, beta2 })
  checkOptions('adamax', '> 0', { epsilon })
  return {
    isElementwise: true,
    init: (params) => {
      const zeros = zerosLike(params)
      return { count: fill([], 0, 'int32'), first: zeros, largest: zeros }
    },
    update: (grads, { count, first, largest }, params) => {
      const step = add(count, 1)
      const gradients = leavesOf(grads, params, 'adamax: grads')
      const before = leavesOf(largest, leavesOf(params), 'adamax: state.largest')
      const means = gradients.map((g, i) => add(mul(beta1, first[i]!), mul(1 - beta1, g)))
      const sizes = gradients.map((g, i) => maximum(add(abs(g), epsilon), mul(beta2, before[i]!)))
      const scale = div(rateAt(rate, count), shareSeen(beta1, step))
      const updates = means.map((mean, i) => neg(div(mul(scale, mean), sizes[i]!)))
      return { updates: withLeaves(params, updates), state: { count: step, first: means, largest: sizes } }
    },
  }
}
