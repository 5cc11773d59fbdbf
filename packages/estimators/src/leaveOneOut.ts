import { mul, sub, sum } from '@variate/core/ops'
import type { Baseline } from './baseline.ts'

/**
 * The mean of the costs of all other particles. It keeps nothing from step to step, and needs two particles.
 *
 * @see Salimans and Knowles, On Using Control Variates with Stochastic Approximation for Variational Bayes (2014); Kool, van Hoof
 *   and Welling, Buy 4 REINFORCE Samples, Get a Baseline for Free! (2019).
 *
 * @example
 * ```ts
 * import { leaveOneOut, scoreFunction } from '@variate/estimators'
 *
 * scoreFunction({ particles: 4, baseline: leaveOneOut() }).particles // => 4
 * scoreFunction({ particles: 1, baseline: leaveOneOut() }) // => throws 'particles must be a whole number ≥ 2'
 * ```
 */
export function leaveOneOut(): Baseline {
  return {
    name: 'leaveOneOut',
    leastParticles: 2,
    init: () => ({}),
    of: ({ costs }) => mul(1 / (costs.shape[0]! - 1), sub(sum(costs, 0, true), costs)),
    next: () => ({}),
  }
}
