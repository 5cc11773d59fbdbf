import type { Tensor } from '@tensorflow/tfjs-core'
import { leavesOf, withLeaves } from '@variate/core/internal'
import { add, div, fill, mul, neg, sqrt, square } from '@variate/core/ops'
import { checkOptions } from './checkOptions.ts'
import { checkRate, rateAt, type Optimizer, type Rate } from './optimizer.ts'

export interface AdagradOptions {
  /** The length of steps; 0.01, if not given. */
  readonly rate?: Rate
  /** What is added to the root of the squares; 1e-8, if not given. */
  readonly epsilon?: number
  /** What the sums of squares begin with; 0, if not given. */
  readonly initial?: number
}

export interface AdagradState {
  readonly [name: string]: Tensor | readonly Tensor[]
  /** How many steps there have been. */
  readonly count: Tensor
  /** Sums of the squares of all gradients so far, tensor by tensor. */
  readonly squares: readonly Tensor[]
}

/**
 * Adagrad: steps of the gradient over the root of the sum of its squares so far: they become ever shorter, those of parameters
 * that rarely have a gradient more slowly.
 *
 * @throws DomainError for a rate or an epsilon that is not > 0, and an initial sum that is not ≥ 0.
 * @see Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization (JMLR 2011), figure 1
 *   with diagonal matrices.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { adagrad } from '@variate/inference'
 *
 * const { init, update } = adagrad({ rate: 0.5 })
 * const params = constant([0, 0])
 * const first = update(constant([3, -300]), init(params), params)
 * first.updates.arraySync() // => [-0.5, 0.5]
 * update(constant([4, 400]), first.state, params).updates.arraySync() // => [-0.4, -0.4]
 * ```
 */
export function adagrad(options: AdagradOptions = {}): Optimizer<AdagradState> {
  const { rate = 0.01, epsilon = 1e-8, initial = 0 } = options
  checkRate('adagrad', rate)
  checkOptions('adagrad', '> 0', { epsilon })
  checkOptions('adagrad', '≥ 0', { initial })
  return {
    isElementwise: true,
    init: (params) => ({
      count: fill([], 0, 'int32'),
      squares: leavesOf(params).map(({ shape }) => fill(shape, initial)),
    }),
    update: (grads, { count, squares }, params) => {
      const gradients = leavesOf(grads, params, 'adagrad: grads')
      const before = leavesOf(squares, leavesOf(params), 'adagrad: state.squares')
      const sums = gradients.map((g, i) => add(before[i]!, square(g)))
      const scale = rateAt(rate, count)
      const updates = gradients.map((g, i) => neg(div(mul(scale, g), add(sqrt(sums[i]!), epsilon))))
      return { updates: withLeaves(params, updates), state: { count: add(count, 1), squares: sums } }
    },
  }
}
