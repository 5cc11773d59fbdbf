import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorTree } from '@variate/core/internal'
import {
  abs,
  add,
  div,
  equal,
  fill,
  greater,
  max,
  maximum,
  mul,
  sqrt,
  square,
  sum,
  where,
} from '@variate/core/ops'
import { checkOptions } from './checkOptions.ts'
import type { Optimizer } from './optimizer.ts'
import { withGradients } from './withGradients.ts'

/**
 * An optimiser that sees gradients no longer than `norm`: all of them together, as one vector, keep their direction. Gradients
 * whose squares overflow are shortened as well; where one is not finite they stay as they are, for `skipNonFinite` to see.
 *
 * @param norm the Euclidean length that the gradients may have.
 * @param optimizer what takes the steps.
 * @throws DomainError for a norm that is not > 0.
 * @see Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks (ICML 2013), algorithm 1.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { clipByGlobalNorm, sgd } from '@variate/inference'
 *
 * const { init, update } = clipByGlobalNorm(1, sgd(1))
 * const params = { w: constant([0]), b: constant(0) }
 * const { updates } = update({ w: constant([30]), b: constant(-40) }, init(params), params)
 * updates.w.arraySync() // => [-0.6]
 * updates.b.arraySync() // => 0.8
 * ```
 */
export function clipByGlobalNorm<State extends TensorTree>(
  norm: number,
  optimizer: Optimizer<State>,
): Optimizer<State> {
  checkOptions('clipByGlobalNorm', '> 0', { norm })
  return withGradients('clipByGlobalNorm', optimizer, (gradients) => {
    const { unit, length } = lengthOf(gradients)
    // unit · length may be more than float32 holds.
    const isLong = greater(length, div(norm, unit))
    return gradients.map((g) => where(isLong, mul(div(g, unit), div(norm, length)), g))
  })
}

/** The length of all gradients together, in units of their largest entry. */
function lengthOf(gradients: readonly Tensor[]): { readonly unit: Tensor; readonly length: Tensor } {
  const own = gradients.filter(({ size }) => size > 0)
  const largest = own.map((g) => max(abs(g))).reduce((a, b) => maximum(a, b), fill([], 0))
  const unit = where(equal(largest, 0), 1, largest)
  const squares = own.map((g) => sum(square(div(g, unit)))).reduce((a, b) => add(a, b), fill([], 0))
  return { unit, length: sqrt(squares) }
}
