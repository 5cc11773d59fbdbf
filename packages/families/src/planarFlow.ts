import { checkCount } from './flows/checkFlow.ts'
import { flowVector } from './flows/flowVector.ts'
import { planar } from './flows/planar.ts'
import type { FullRankOptions } from './fullRank.ts'
import { joint, type Joint } from './joint.ts'
import { middle } from './start.ts'

export interface FlowOptions extends FullRankOptions {
  /** How many layers follow each other; each family has a number of its own, if not given. */
  readonly layers?: number
}

/**
 * A planar flow over all continuous latents together: normal noise, which each layer bends along a direction of its own,
 * y = x + u·tanh(wᵀx + b). Cheap in many dimensions; each layer can do little.
 *
 * @throws DomainError for a number of layers below 1.
 * @see Rezende and Mohamed, Variational Inference with Normalizing Flows (ICML 2015).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gumbel } from '@variate/distributions'
 * import { stickingTheLanding } from '@variate/estimators'
 * import { planarFlow } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const skew = model('skew').latent('x', gumbel(0, 1))
 * const estimator = stickingTheLanding({ particles: 8 })
 * const family = planarFlow({ layers: 4 })
 * const fit = await bbvi(skew, { family, estimator, steps: 3000 }).fit({}, { seed: 0 })
 * fit.elbo > -0.05 // => true
 * ```
 */
export function planarFlow({ layers = 8, init = middle, scale = 0.1 }: FlowOptions = {}): Joint {
  checkCount('planarFlow', 'layers', layers)
  const layersOf = (size: number) => Array.from({ length: layers }, () => planar(size))
  return joint(flowVector('planarFlow', scale, layersOf), init)
}
