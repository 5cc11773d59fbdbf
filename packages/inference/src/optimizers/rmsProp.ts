import type { Tensor } from '@tensorflow/tfjs-core'
import { leavesOf, withLeaves } from '@variate/core/internal'
import { add, div, fill, maximum, mul, neg, sqrt, square, sub } from '@variate/core/ops'
import { checkOptions } from './checkOptions.ts'
import { checkRate, rateAt, type Optimizer, type Rate } from './optimizer.ts'
import { zerosLike } from './zerosLike.ts'

export interface RmsPropOptions {
  /** The length of steps; 0.001, if not given. */
  readonly rate?: Rate
  /** How much of the running means is kept in a step; 0.9, if not given. */
  readonly decay?: number
  /** What is added to the root of the squares; 1e-8, if not given. */
  readonly epsilon?: number
  /** Whether the squares are those of the distance from the running mean of gradients: their variance. */
  readonly centered?: boolean
  /** How much of the step before is taken again; 0, if not given. */
  readonly momentum?: number
}

/** Tensor by tensor; means and velocity are empty where nothing needs them. */
export interface RmsPropState {
  readonly [name: string]: Tensor | readonly Tensor[]
  /** How many steps there have been. */
  readonly count: Tensor
  /** Running means of the squares of gradients. */
  readonly squares: readonly Tensor[]
  /** Running means of the gradients. */
  readonly means: readonly Tensor[]
  /** The step before. */
  readonly velocity: readonly Tensor[]
}

/**
 * RMSProp: steps of the gradient over the root of the running mean of its squares, or of its variance.
 *
 * @throws DomainError for a rate or an epsilon that is not > 0, and a decay or a momentum outside [0, 1).
 * @see Tieleman and Hinton, Lecture 6.5: RMSProp (Coursera, 2012); centred and with momentum: Graves, Generating Sequences With
 *   Recurrent Neural Networks (2013), equations 38 to 41, with epsilon outside of the root.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { rmsProp } from '@variate/inference'
 *
 * const { init, update } = rmsProp({ rate: 0.1, decay: 0.75 })
 * const params = constant([0, 0])
 * update(constant([20, -0.01]), init(params), params).updates.arraySync() // => [-0.2, 0.2]
 * ```
 */
export function rmsProp(options: RmsPropOptions = {}): Optimizer<RmsPropState> {
  const { rate = 0.001, decay = 0.9, epsilon = 1e-8, centered = false, momentum = 0 } = options
  checkRate('rmsProp', rate)
  checkOptions('rmsProp', 'in [0, 1)', { decay, momentum })
  checkOptions('rmsProp', '> 0', { epsilon })
  return {
    isElementwise: true,
    init: (params) => {
      const zeros = zerosLike(params)
      return {
        count: fill([], 0, 'int32'),
        squares: zeros,
        means: centered ? zeros : [],
        velocity: momentum > 0 ? zeros : [],
      }
    },
    update: (grads, state, params) => {
      const gradients = leavesOf(grads, params, 'rmsProp: grads')
      const before = leavesOf(state.squares, leavesOf(params), 'rmsProp: state.squares')
      const mean = (old: Tensor, x: Tensor): Tensor => add(mul(decay, old), mul(1 - decay, x))
      const squares = gradients.map((g, i) => mean(before[i]!, square(g)))
      const means = state.means.map((old, i) => mean(old, gradients[i]!))
      // A variance that is 0 may come out below it by rounding.
      const variances = centered ? squares.map((s, i) => maximum(sub(s, square(means[i]!)), 0)) : squares
      const scale = rateAt(rate, state.count)
      const steps = gradients.map((g, i) => {
        const step = div(mul(scale, g), add(sqrt(variances[i]!), epsilon))
        return momentum > 0 ? add(mul(momentum, state.velocity[i]!), step) : step
      })
      return {
        updates: withLeaves(
          params,
          steps.map((step) => neg(step)),
        ),
        state: { count: add(state.count, 1), squares, means, velocity: momentum > 0 ? steps : [] },
      }
    },
  }
}
