import type { Tensor } from '@tensorflow/tfjs-core'
import { adamStep, leavesOf, withLeaves } from '@variate/core/internal'
import { add, fill } from '@variate/core/ops'
import { checkOptions } from './checkOptions.ts'
import { checkRate, rateAt, type Optimizer, type Rate } from './optimizer.ts'
import { zerosLike } from './zerosLike.ts'

export interface AdamOptions {
  /** The length of steps; 0.001, if not given. */
  readonly rate?: Rate
  /** How much of the running mean of gradients is kept in a step, and of that of their squares: 0.9 and 0.999. */
  readonly beta1?: number
  readonly beta2?: number
  /** What is added to the root of the squares; 1e-8, if not given. */
  readonly epsilon?: number
}

/** Sums of the gradients and of their squares, in which earlier ones count by beta1 and beta2 less in each step, tensor by tensor. */
export interface AdamState {
  readonly [name: string]: Tensor | readonly Tensor[]
  /** How many steps there have been. */
  readonly count: Tensor
  /** The same sums of ones: over them, the others are running means. */
  readonly shares: readonly Tensor[]
  readonly first: readonly Tensor[]
  readonly second: readonly Tensor[]
}

/**
 * Adam: steps of the running mean of gradients, over the root of the running mean of their squares, both corrected for having
 * begun with 0.
 *
 * @throws DomainError for a rate or an epsilon that is not > 0, and betas outside [0, 1).
 * @see Kingma and Ba, Adam: A Method for Stochastic Optimization (ICLR 2015), algorithm 1.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import type { Tensor } from '@tensorflow/tfjs-core'
 * import { compile, loop, valueAndGrad } from '@variate/compile'
 * import { square, sub, sum } from '@variate/core/ops'
 * import { adam, applyUpdates } from '@variate/inference'
 *
 * const { init, update } = adam({ rate: 0.1 })
 * const loss = valueAndGrad((x: Tensor) => sum(square(sub(x, 3))))
 * const fit = compile(
 *   (x: Tensor) =>
 *     loop(
 *       ({ params, optimizer }) => {
 *         const { updates, state } = update(loss(params).grads[0], optimizer, params)
 *         return { params: applyUpdates(params, updates), optimizer: state }
 *       },
 *       { state: { params: x, optimizer: init(x) }, count: 1000 },
 *     ).state.params,
 *   { precision: 'float64' },
 * )
 * fit(Float64Array.of(0, 10)).data // => [3, 3]
 * ```
 */
export function adam(options: AdamOptions = {}): Optimizer<AdamState> {
  return adamNamed('adam', options)
}

/** Adam under another name in errors. */
export function adamNamed(who: string, options: AdamOptions): Optimizer<AdamState> {
  const { rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options
  checkRate(who, rate)
  checkOptions(who, 'in [0, 1)', { beta1, beta2 })
  checkOptions(who, '> 0', { epsilon })
  return {
    isElementwise: true,
    init: (params) => {
      const zeros = zerosLike(params)
      return { count: fill([], 0, 'int32'), shares: [fill([], 0), fill([], 0)], first: zeros, second: zeros }
    },
    update: (grads, { count, shares, first, second }, params) => {
      const gradients = leavesOf(grads, params, `${who}: grads`)
      const how = { rate: rateAt(rate, count), beta1, beta2, epsilon }
      const { updates, ...means } = adamStep(gradients, { shares, first, second }, how)
      return { updates: withLeaves(params, updates), state: { count: add(count, 1), ...means } }
    },
  }
}
