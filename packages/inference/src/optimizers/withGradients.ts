import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { leavesOf, shown, type TensorTree, withLeaves } from '@variate/core/internal'
import { finalParams, type Optimizer } from './optimizer.ts'

/**
 * An optimiser that is given other gradients than those that it is called with.
 *
 * @param who names the change in errors.
 */
export function withGradients<State extends TensorTree>(
  who: string,
  optimizer: Optimizer<State>,
  change: (gradients: readonly Tensor[]) => readonly Tensor[],
): Optimizer<State> {
  checkOptimizer(who, optimizer)
  return {
    ...(optimizer.isElementwise && { isElementwise: true }),
    init: (params) => optimizer.init(params),
    update: (grads, state, params) => {
      const changed = change(leavesOf(grads, params, `${who}: grads`))
      return optimizer.update(withLeaves(params, changed), state, params)
    },
    ...(optimizer.final && { final: (params, state) => finalParams(optimizer, params, state) }),
  }
}

/** @throws DomainError for what is no optimiser. */
export function checkOptimizer(who: string, optimizer: Optimizer): void {
  const { init, update } = (optimizer ?? {}) as Partial<Optimizer>
  if (typeof init === 'function' && typeof update === 'function') return
  throw new DomainError(`${who}: optimizer must have init and update, got ${shown(optimizer)}`)
}
