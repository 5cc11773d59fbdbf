import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { leavesOf, shown, type TensorTree, withLeaves } from '@variate/core/internal'
import { add } from '@variate/core/ops'

/**
 * An optimiser as two pure functions of tensors, which can be compiled, and be steps of a loop: parameters go down the
 * gradient of what is minimised.
 */
export interface Optimizer<State extends TensorTree = TensorTree> {
  /** The state before the first step. */
  init(params: TensorTree): State
  /** What is to be added to the parameters, and the next state. */
  update<Params extends TensorTree>(
    grads: Params,
    state: State,
    params: Params,
  ): { readonly updates: Params; readonly state: State }
  /**
   * Whether a number's steps are the same in whatever tensor it stands: a fit with few numbers may then have them as one vector,
   * which is all of `params`.
   */
  readonly isElementwise?: true
  /** What a fit should report, where that is not the parameters after the last step, but their average, say. */
  final?<Params extends TensorTree>(params: Params, state: State): Params
}

/** The length of steps: a number, or one for each step, whose number is an int32 scalar from 0 on. */
export type Rate = number | ((step: Tensor) => Tensor)

/**
 * Parameters with their updates added.
 *
 * @param params tensors, or records and tuples of them.
 * @param updates of the same structure.
 * @throws ShapeError for updates of another structure.
 */
export function applyUpdates<Params extends TensorTree>(params: Params, updates: Params): Params {
  const changes = leavesOf(updates, params, 'applyUpdates: updates')
  return withLeaves(
    params,
    leavesOf(params).map((x, i) => add(x, changes[i]!)),
  )
}

/**
 * What a fit should report: the parameters after the last step, or what the optimiser has in their place, such as averages.
 *
 * @param optimizer with which they were fitted.
 * @param params after the last step.
 * @param state of the optimiser, after the last step.
 */
export function finalParams<Params extends TensorTree, State extends TensorTree>(
  optimizer: Optimizer<State>,
  params: Params,
  state: State,
): Params {
  return optimizer.final?.(params, state) ?? params
}

/** @throws DomainError for a rate that is no number > 0 nor a function. */
export function checkRate(who: string, rate: Rate): void {
  if (typeof rate === 'function' || (typeof rate === 'number' && rate > 0 && rate < Infinity)) return
  throw new DomainError(`${who}: rate must be a number > 0, or a function of the step, got ${shown(rate)}`)
}

export function rateAt(rate: Rate, step: Tensor): Tensor | number {
  return typeof rate === 'function' ? rate(step) : rate
}
