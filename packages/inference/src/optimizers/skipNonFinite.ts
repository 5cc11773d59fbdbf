import type { Tensor } from '@tensorflow/tfjs-core'
import { leavesOf, withLeaves, type TensorTree } from '@variate/core/internal'
import { add, and, equal, fill, isFinite, not, sum, where } from '@variate/core/ops'
import type { Optimizer } from './optimizer.ts'
import { checkOptimizer } from './withGradients.ts'

export type SkipNonFiniteState<State extends TensorTree> = {
  /** That of the optimiser that takes the steps. */
  readonly inner: State
  /** How many steps were left out so far. */
  readonly skipped: Tensor
  /** How many of them since the last that was taken. */
  readonly inARow: Tensor
}

/**
 * An optimiser that leaves steps out whose gradients are not all finite, and those that would make the parameters' updates or its
 * own state other than finite, as squares of gradients may: parameters and state stay as they are, and the step is counted.
 *
 * @param optimizer what takes the others.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { sgd, skipNonFinite } from '@variate/inference'
 *
 * const { init, update } = skipNonFinite(sgd(1))
 * const params = constant([1, 2])
 * const { updates, state } = update(constant([NaN, 1]), init(params), params)
 * updates.arraySync() // => [0, 0]
 * state.skipped.arraySync() // => 1
 * state.inner.count.arraySync() // => 0
 * ```
 */
export function skipNonFinite<State extends TensorTree>(
  optimizer: Optimizer<State>,
): Optimizer<SkipNonFiniteState<State>> {
  checkOptimizer('skipNonFinite', optimizer)
  return {
    ...(optimizer.isElementwise && { isElementwise: true }),
    init: (params) => ({
      inner: optimizer.init(params),
      skipped: fill([], 0, 'int32'),
      inARow: fill([], 0, 'int32'),
    }),
    update: (grads, { inner, skipped, inARow }, params) => {
      const gradients = leavesOf(grads, params, 'skipNonFinite: grads')
      const step = optimizer.update(grads, inner, params)
      const [updates, before, after] = [
        leavesOf(step.updates, params),
        leavesOf(inner),
        leavesOf(step.state, inner),
      ]
      const faults = [
        ...[...gradients, ...updates].map((x) => not(isFinite(x))),
        ...after.flatMap((x, i) => (x.dtype === 'float32' ? [isLost(before[i]!, x)] : [])),
      ]
      const isTaken = equal(
        faults.map((fault) => sum(fault)).reduce((a, b) => add(a, b), fill([], 0, 'int32')),
        0,
      )
      return {
        updates: withLeaves(
          params,
          updates.map((x) => where(isTaken, x, 0)),
        ),
        state: {
          inner: withLeaves(
            inner,
            after.map((x, i) => where(isTaken, x, before[i]!)),
          ),
          skipped: add(skipped, where(isTaken, 0, 1)),
          inARow: where(isTaken, 0, add(inARow, 1)),
        },
      }
    },
    ...(optimizer.final && { final: (params, { inner }) => optimizer.final!(params, inner) }),
  }
}

/** What was infinite before may stay so: no step would be taken again. */
function isLost(before: Tensor, after: Tensor): Tensor {
  return and(isFinite(before), not(isFinite(after)))
}
