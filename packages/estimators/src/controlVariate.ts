import type { Tensor } from '@tensorflow/tfjs-core'
import { div, fill, greater, mul, square, sub, sum, where } from '@variate/core/ops'
import type { Baseline } from './baseline.ts'

/**
 * The score h as a control variate of each entry of the gradient f, with the factor Cov(f, h)/Var(h) of least variance. Of h the
 * mean is known, 0, so that this is E[fh]/E[h²]; it is estimated by all other particles, and the estimate stays unbiased.
 *
 * @see Ranganath, Gerrish and Blei, Black Box Variational Inference (AISTATS 2014), section 3.2.
 *
 * @example
 * ```ts
 * import { controlVariate, scoreFunction } from '@variate/estimators'
 *
 * scoreFunction({ particles: 8, baseline: controlVariate() }).isUnbiased // => true
 * scoreFunction({ particles: 1, baseline: controlVariate() }) // => throws 'particles must be a whole number ≥ 2'
 * ```
 */
export function controlVariate(): Baseline {
  return {
    name: 'controlVariate',
    leastParticles: 2,
    init: () => ({}),
    of: () => fill([], 0),
    next: () => ({}),
    coefficients: (scores, products) => {
      const covariance = ofOthers(mul(scores, products))
      const variance = ofOthers(square(scores))
      const isKnown = greater(variance, 0)
      return where(isKnown, div(covariance, where(isKnown, variance, 1)), 0)
    },
  }
}

/** The sum over all other particles. */
function ofOthers(x: Tensor): Tensor {
  return sub(sum(x, 0, true), x)
}
