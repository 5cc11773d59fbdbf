import { checkCount } from './flows/checkFlow.ts'
import type { FullRankOptions } from './fullRank.ts'
import { joint, type Joint } from './joint.ts'
import { lowRankVector } from './lowRankVector.ts'
import { middle } from './start.ts'

export interface LowRankOptions extends FullRankOptions {
  /** How many directions are correlated; 2, if not given. */
  readonly rank?: number
}

/**
 * A normal with covariance W·Wᵀ + diag(s²), W of few columns, over all continuous latents together, each an image of numbers without
 * bounds: as many parameters as numbers times rank + 2, where `fullRank()` has half the square of their number.
 *
 * @throws DomainError for a rank that is no whole number ≥ 1.
 * @see Ong, Nott and Smith, Gaussian Variational Approximation with a Factor Covariance Structure (JCGS 2018).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { add } from '@variate/core/ops'
 * import { normal } from '@variate/distributions'
 * import { stickingTheLanding } from '@variate/estimators'
 * import { lowRank } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const sum = model('sum')
 *   .latent('a', normal(0, 1))
 *   .latent('b', normal(0, 1))
 *   .observed('x', ({ a, b }) => normal(add(a, b), 0.5))
 * const estimator = stickingTheLanding({ particles: 8 })
 * const family = lowRank({ rank: 1 })
 * const fit = await bbvi(sum, { family, estimator, steps: 3000 }).fit({ x: 1 }, { seed: 0 })
 * fit.elbo // => -1.5466
 * ```
 */
export function lowRank({ rank = 2, init = middle, scale = 0.1 }: LowRankOptions = {}): Joint {
  checkCount('lowRank', 'rank', rank)
  return joint(lowRankVector(rank, scale), init)
}
