import type { TensorTree } from '@variate/core/internal'
import { clip } from '@variate/core/ops'
import { checkOptions } from './checkOptions.ts'
import type { Optimizer } from './optimizer.ts'
import { withGradients } from './withGradients.ts'

/**
 * An optimiser that sees no entry of the gradients below −limit or above limit.
 *
 * @param limit how large an entry may be.
 * @param optimizer what takes the steps.
 * @throws DomainError for a limit that is not > 0.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { clipByValue, sgd } from '@variate/inference'
 *
 * const { init, update } = clipByValue(1, sgd(0.5))
 * const params = constant([0, 0])
 * update(constant([0.5, -40]), init(params), params).updates.arraySync() // => [-0.25, 0.5]
 * ```
 */
export function clipByValue<State extends TensorTree>(
  limit: number,
  optimizer: Optimizer<State>,
): Optimizer<State> {
  checkOptions('clipByValue', '> 0', { limit })
  return withGradients('clipByValue', optimizer, (gradients) => gradients.map((g) => clip(g, -limit, limit)))
}
