import type { Tensor } from '@tensorflow/tfjs-core'
import { leavesOf, withLeaves } from '@variate/core/internal'
import { add, fill, mul, neg } from '@variate/core/ops'
import { checkOptions } from './checkOptions.ts'
import { checkRate, rateAt, type Optimizer, type Rate } from './optimizer.ts'
import { zerosLike } from './zerosLike.ts'

export interface MomentumOptions {
  /** How much of the velocity is kept in a step; 0.9, if not given. */
  readonly decay?: number
  /** Whether the gradient counts once more, as if taken at the place to which the velocity goes (Nesterov). */
  readonly nesterov?: boolean
}

export interface MomentumState {
  readonly [name: string]: Tensor | readonly Tensor[]
  /** How many steps there have been. */
  readonly count: Tensor
  /** Decayed sums of the gradients, tensor by tensor. */
  readonly velocity: readonly Tensor[]
}

/**
 * Gradient descent with momentum: v ← decay · v + g, and each update is −rate · v (the heavy ball), or −rate · (g + decay · v)
 * (Nesterov). In the long run steps are 1 / (1 − decay) times as long as those of `sgd`.
 *
 * @param rate the length of steps in units of the velocity, or a function of the step's number that gives it.
 * @throws DomainError for a rate that is not > 0, and a decay outside [0, 1).
 * @see Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in deep learning (ICML 2013).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { momentum } from '@variate/inference'
 *
 * const { init, update } = momentum(1, { decay: 0.5 })
 * const [params, grads] = [{ w: constant([0]) }, { w: constant([4]) }]
 * const first = update(grads, init(params), params)
 * first.updates.w.arraySync() // => [-4]
 * update(grads, first.state, params).updates.w.arraySync() // => [-6]
 * ```
 */
export function momentum(rate: Rate, options: MomentumOptions = {}): Optimizer<MomentumState> {
  const { decay = 0.9, nesterov = false } = options
  checkRate('momentum', rate)
  checkOptions('momentum', 'in [0, 1)', { decay })
  return {
    isElementwise: true,
    init: (params) => ({ count: fill([], 0, 'int32'), velocity: zerosLike(params) }),
    update: (grads, { count, velocity }, params) => {
      const gradients = leavesOf(grads, params, 'momentum: grads')
      const before = leavesOf(velocity, leavesOf(params), 'momentum: state.velocity')
      const next = gradients.map((g, i) => add(g, mul(decay, before[i]!)))
      const ways = nesterov ? gradients.map((g, i) => add(g, mul(decay, next[i]!))) : next
      const scale = rateAt(rate, count)
      return {
        updates: withLeaves(
          params,
          ways.map((way) => neg(mul(scale, way))),
        ),
        state: { count: add(count, 1), velocity: next },
      }
    },
  }
}
