import { checkCount } from './flows/checkFlow.ts'
import { flowVector } from './flows/flowVector.ts'
import { radial } from './flows/radial.ts'
import { joint, type Joint } from './joint.ts'
import type { FlowOptions } from './planarFlow.ts'
import { middle } from './start.ts'

/**
 * A radial flow over all continuous latents together: normal noise, which each layer draws towards a centre of its own or pushes
 * away from it.
 *
 * @throws DomainError for a number of layers below 1.
 * @see Rezende and Mohamed, Variational Inference with Normalizing Flows (ICML 2015).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { studentT } from '@variate/distributions'
 * import { stickingTheLanding } from '@variate/estimators'
 * import { radialFlow } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const heavy = model('heavy').latent('x', studentT(4, 0, 1))
 * const estimator = stickingTheLanding({ particles: 8 })
 * const family = radialFlow({ layers: 4 })
 * const fit = await bbvi(heavy, { family, estimator, steps: 3000 }).fit({}, { seed: 0 })
 * fit.elbo > -0.05 // => true
 * ```
 */
export function radialFlow({ layers = 8, init = middle, scale = 0.1 }: FlowOptions = {}): Joint {
  checkCount('radialFlow', 'layers', layers)
  const layersOf = (size: number) => Array.from({ length: layers }, () => radial(size))
  return joint(flowVector('radialFlow', scale, layersOf), init)
}
