import { checkCount, checkHidden } from './flows/checkFlow.ts'
import { hiddenFor } from './flows/network.ts'
import type { FullRankOptions } from './fullRank.ts'
import { hierarchicalVector } from './hierarchicalVector.ts'
import { joint, type Joint } from './joint.ts'
import { middle } from './start.ts'

export interface HierarchicalOptions extends FullRankOptions {
  /** How many auxiliary numbers there are; 2, if not given. */
  readonly auxiliary?: number
  /** The units of the hidden layers of both networks; two layers of twice the number of dimensions, at least 16, if not given. */
  readonly hidden?: readonly number[]
}

/**
 * A hierarchical variational model of all continuous latents together: q(z) = ∫ q(z | a)·q(a) da, normals whose locations and scales
 * depend by a network on auxiliary numbers a. log q(z) is not known; with a reverse model r(a | z), which is learned as well, what
 * is climbed is E[log p(x, z) + log r(a | z) − log q(z | a) − log q(a)], the evidence lower bound less
 * E[KL(q(a | z) ‖ r(a | z))]: `elbo` is a lower bound of it, and of the evidence.
 *
 * @throws DomainError for numbers of auxiliary variables and units that are no whole numbers ≥ 1.
 * @see Ranganath, Tran and Blei, Hierarchical Variational Models (ICML 2016); Maaløe, Sønderby, Sønderby and Winther, Auxiliary Deep
 *   Generative Models (ICML 2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { mixture, normal } from '@variate/distributions'
 * import { stickingTheLanding } from '@variate/estimators'
 * import { hierarchical } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const twoPeaks = model('two peaks').latent('x', mixture({ probs: [0.5, 0.5] }, normal([-2, 2], 0.5)))
 * const estimator = stickingTheLanding({ particles: 8 })
 * const family = hierarchical({ auxiliary: 1, scale: 1 })
 * const fit = await bbvi(twoPeaks, { family, estimator, steps: 3000 }).fit({}, { seed: 0 })
 * fit.elbo > -0.3 // => true
 * ```
 */
export function hierarchical({
  auxiliary = 2,
  hidden,
  init = middle,
  scale = 0.1,
}: HierarchicalOptions = {}): Joint {
  checkCount('hierarchical', 'auxiliary', auxiliary)
  checkHidden('hierarchical', hidden)
  return joint(
    hierarchicalVector(auxiliary, scale, (size) => hidden ?? hiddenFor(size)),
    init,
  )
}
