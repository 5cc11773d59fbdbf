import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { leavesOf, shareSeen, shown, type TensorTree, withLeaves } from '@variate/core/internal'
import { add, div, fill, greater, maximum, mul, sub, where } from '@variate/core/ops'
import { checkOptions } from './checkOptions.ts'
import { applyUpdates, type Optimizer } from './optimizer.ts'
import { checkOptimizer } from './withGradients.ts'
import { zerosLike } from './zerosLike.ts'

/** Which average: the mean of the parameters after all steps, or a running mean of them. */
export type AveragedOptions =
  | {
      readonly kind: 'polyak'
      /** How many steps are left out at the start; 0, if not given. */
      readonly from?: number
    }
  | {
      readonly kind: 'ema'
      /** How much of the running mean is kept in a step; 0.999, if not given. */
      readonly decay?: number
      /** How many steps are left out at the start; 0, if not given. */
      readonly from?: number
    }

export type AveragedState<State extends TensorTree> = {
  /** That of the optimiser that takes the steps. */
  readonly inner: State
  /** How many steps there have been. */
  readonly count: Tensor
  /** The average so far, tensor by tensor; a running mean as it is before the correction for having begun with 0. */
  readonly means: readonly Tensor[]
}

/** An optimiser whose fits should report an average of the parameters. */
export interface AveragedOptimizer<State extends TensorTree> extends Optimizer<AveragedState<State>> {
  /** The average; the parameters themselves, where there is none yet. */
  final<Params extends TensorTree>(params: Params, state: AveragedState<State>): Params
}

/**
 * An optimiser that takes the same steps as another, and averages the parameters that they lead to, for `final` to give: they are
 * less noisy than those after the last step. Running means are corrected for having begun with 0, as Adam's.
 *
 * @param optimizer what takes the steps.
 * @param options which average: `polyak`, the mean of all, of which the order of the steps does not matter, or `ema`, which
 *   forgets.
 * @throws DomainError for options out of range.
 * @see Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging (SIAM Journal on Control and Optimization, 1992).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { applyUpdates, averaged, sgd } from '@variate/inference'
 *
 * const { init, update, final } = averaged(sgd(1), { kind: 'polyak' })
 * let params = constant([0])
 * let state = init(params)
 * for (const gradient of [-3, 2, -2]) {
 *   const step = update(constant([gradient]), state, params)
 *   params = applyUpdates(params, step.updates)
 *   state = step.state
 * }
 * params.arraySync() // => [3]
 * final(params, state).arraySync() // => [2.333333]
 * ```
 */
export function averaged<State extends TensorTree>(
  optimizer: Optimizer<State>,
  options: AveragedOptions,
): AveragedOptimizer<State> {
  checkOptimizer('averaged', optimizer)
  const { from, decay } = checked(options)
  /** How many steps are in the average, after so many. */
  const seen = (count: Tensor): Tensor => maximum(sub(count, from), 0)
  return {
    ...(optimizer.isElementwise && { isElementwise: true }),
    init: (params) => ({
      inner: optimizer.init(params),
      count: fill([], 0, 'int32'),
      means: zerosLike(params),
    }),
    update: (grads, { inner, count, means }, params) => {
      const { updates, state } = optimizer.update(grads, inner, params)
      const [next, steps] = [leavesOf(applyUpdates(params, updates)), add(count, 1)]
      const n = seen(steps)
      const share = decay === undefined ? div(1, maximum(n, 1)) : 1 - decay
      const averages = next.map((x, i) => {
        const mean = means[i]!
        return where(greater(n, 0), add(mean, mul(share, sub(x, mean))), mean)
      })
      return { updates, state: { inner: state, count: steps, means: averages } }
    },
    final: (params, { count, means }) => {
      const n = seen(count)
      const whole = decay === undefined ? 1 : shareSeen(decay, maximum(n, 1))
      const averages = leavesOf(params).map((x, i) => where(greater(n, 0), div(means[i]!, whole), x))
      return withLeaves(params, averages)
    },
  }
}

/** @throws DomainError for options out of range. */
function checked(options: AveragedOptions): { readonly from: number; readonly decay: number | undefined } {
  const { kind, from = 0, decay } = options as { kind: unknown; from?: number; decay?: number }
  if (kind !== 'polyak' && kind !== 'ema')
    throw new DomainError(`averaged: kind must be "polyak" or "ema", got ${shown(kind)}`)
  checkOptions('averaged', 'a whole number ≥ 0', { from })
  if (kind === 'polyak') {
    if (decay === undefined) return { from, decay }
    throw new DomainError(
      `averaged: the mean of all steps has no decay, got ${shown(decay)}: take kind "ema"`,
    )
  }
  const kept = decay ?? 0.999
  checkOptions('averaged', 'in [0, 1)', { decay: kept })
  return { from, decay: kept }
}
