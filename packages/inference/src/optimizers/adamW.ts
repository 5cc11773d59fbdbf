import { leavesOf, withLeaves } from '@variate/core/internal'
import { mul, sub } from '@variate/core/ops'
import { adamNamed, type AdamOptions, type AdamState } from './adam.ts'
import { areChosen, type ChosenParams } from './areChosen.ts'
import { checkOptions } from './checkOptions.ts'
import { rateAt, type Optimizer } from './optimizer.ts'

export interface AdamWOptions extends AdamOptions {
  /** Which share of a parameter each step takes off, times the rate; 0.01, if not given. */
  readonly weightDecay?: number
  /** Which parameters decay: all, if not given. */
  readonly decayed?: ChosenParams
}

/**
 * Adam with decoupled weight decay: each step takes rate · weightDecay of the parameters off besides, which the running means of
 * the gradients do not see.
 *
 * @throws DomainError for options out of range, and for names in `decayed` that no parameter has.
 * @see Loshchilov and Hutter, Decoupled Weight Decay Regularization (ICLR 2019), algorithm 2.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { adamW } from '@variate/inference'
 *
 * const { init, update } = adamW({ rate: 0.5, weightDecay: 0.25, decayed: ['w'] })
 * const params = { w: constant([2]), b: constant([2]) }
 * const { updates } = update({ w: constant([0]), b: constant([0]) }, init(params), params)
 * updates.w.arraySync() // => [-0.25]
 * updates.b.arraySync() // => [0]
 * ```
 */
export function adamW(options: AdamWOptions = {}): Optimizer<AdamState> {
  const { rate = 0.001, weightDecay = 0.01, decayed } = options
  const adam = adamNamed('adamW', options)
  checkOptions('adamW', '≥ 0', { weightDecay })
  return {
    ...(decayed ? {} : { isElementwise: true }),
    init: (params) => {
      areChosen(params, decayed, 'adamW: decayed')
      return adam.init(params)
    },
    update: (grads, state, params) => {
      const steps = adam.update(grads, state, params)
      const isDecayed = areChosen(params, decayed, 'adamW: decayed')
      const [leaves, scale] = [leavesOf(params), mul(rateAt(rate, state.count), weightDecay)]
      const updates = leavesOf(steps.updates).map((step, i) =>
        isDecayed[i] ? sub(step, mul(scale, leaves[i]!)) : step,
      )
      return { updates: withLeaves(params, updates), state: steps.state }
    },
  }
}
