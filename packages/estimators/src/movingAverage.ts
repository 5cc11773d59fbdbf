import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, NdArray } from '@variate/core'
import { shown, sizeOf } from '@variate/core/internal'
import { add, div, greater, mul, reshape, sum, where } from '@variate/core/ops'
import type { Baseline } from './baseline.ts'
import type { StartState } from './estimator.ts'
import type { Factor, Tree } from './problem.ts'

export interface MovingAverageOptions {
  /** How much of the average is kept in a step, in [0, 1); 0.9, if not given. */
  readonly decay?: number
}

/**
 * The running mean of the costs of earlier steps: of each element of a factor by itself, or of all together where a step takes
 * only some of them.
 *
 * @throws DomainError for a decay outside [0, 1).
 * @see Mnih and Gregor, Neural Variational Inference and Learning in Belief Networks (ICML 2014), section 2.3.
 *
 * @example
 * ```ts
 * import { movingAverage, scoreFunction } from '@variate/estimators'
 *
 * scoreFunction({ baseline: movingAverage({ decay: 0.99 }) }).isUnbiased // => true
 * movingAverage({ decay: 1 }) // => throws 'decay must be in [0, 1)'
 * ```
 */
export function movingAverage({ decay = 0.9 }: MovingAverageOptions = {}): Baseline {
  checkDecay('movingAverage', decay)
  return {
    name: 'movingAverage',
    leastParticles: 1,
    init: (factor, _, shape) => averageOf(factor, shape),
    of: ({ state }) => meanIn(state),
    next: ({ state, costs }) => moved(state, costs, decay),
  }
}

/** @throws DomainError for a share that is not in [0, 1). */
export function checkDecay(who: string, decay: number): void {
  if (decay >= 0 && decay < 1) return
  throw new DomainError(`${who}: decay must be in [0, 1), got ${shown(decay)}`)
}

/** No average yet: of each element, where all elements are there in each step. */
export function averageOf({ scale }: Factor, shape: readonly number[]): StartState {
  const own = scale === 1 ? shape : shape.map(() => 1)
  return {
    total: new NdArray(new Float64Array(sizeOf(own)), own),
    weight: new NdArray(Float64Array.of(0), []),
  }
}

/** The average, which is 0 before the first step, and is not drawn to 0 by it later. */
export function meanIn({ total, weight }: Tree): Tensor {
  const seen = weight as Tensor
  return div(total as Tensor, where(greater(seen, 0), seen, 1))
}

/** The average after a step. */
export function moved({ total, weight }: Tree, costs: Tensor, decay: number): Tree {
  const { shape } = total as Tensor
  const count = sizeOf(costs.shape) / sizeOf(shape)
  const isWhole = String(costs.shape.slice(1)) === String(shape)
  const sums = isWhole ? sum(costs, 0) : reshape(sum(costs), shape)
  return {
    total: add(mul(decay, total as Tensor), mul((1 - decay) / Math.max(count, 1), sums)),
    weight: add(mul(decay, weight as Tensor), 1 - decay),
  }
}
