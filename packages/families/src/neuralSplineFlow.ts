import { checkCount, checkHidden, checkPositive } from './flows/checkFlow.ts'
import { coupling } from './flows/coupling.ts'
import { flowVector } from './flows/flowVector.ts'
import { hiddenFor } from './flows/network.ts'
import { rationalQuadratic } from './flows/rationalQuadratic.ts'
import { joint, type Joint } from './joint.ts'
import type { NetworkFlowOptions } from './realNvp.ts'
import { middle } from './start.ts'

export interface SplineFlowOptions extends NetworkFlowOptions {
  /** Of how many pieces a spline is; 8, if not given. */
  readonly bins?: number
  /** Splines bend noise between −range and range; 5, if not given. */
  readonly range?: number
}

/**
 * A neural spline flow over all continuous latents together: in each layer half of the numbers tell by a network along which monotone
 * splines the other half is taken. Of a single number it is one spline.
 *
 * @throws DomainError for numbers of layers and units that are no whole numbers ≥ 1, fewer than two bins, and a range that is not > 0.
 * @see Durkan, Bekasov, Murray and Papamakarios, Neural Spline Flows (NeurIPS 2019).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { mixture, normal } from '@variate/distributions'
 * import { reparameterization } from '@variate/estimators'
 * import { neuralSplineFlow } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const twoPeaks = model('two peaks').latent('x', mixture({ probs: [0.3, 0.7] }, normal([-1, 1], 0.4)))
 * const estimator = reparameterization({ particles: 8 })
 * const family = neuralSplineFlow({ layers: 2, scale: 1 })
 * const fit = await bbvi(twoPeaks, { family, estimator, steps: 3000 }).fit({}, { seed: 0 })
 * fit.elbo > -0.05 // => true
 * ```
 */
export function neuralSplineFlow({
  layers = 4,
  hidden,
  bins = 8,
  range = 5,
  init = middle,
  scale = 0.1,
}: SplineFlowOptions = {}): Joint {
  checkCount('neuralSplineFlow', 'layers', layers)
  checkCount('neuralSplineFlow', 'bins', bins, 2)
  checkHidden('neuralSplineFlow', hidden)
  checkPositive('neuralSplineFlow', 'range', range)
  const spline = rationalQuadratic(bins, range)
  const layersOf = (size: number) =>
    Array.from({ length: layers }, (_, at) => coupling(size, at, hidden ?? hiddenFor(size), spline))
  return joint(flowVector('neuralSplineFlow', scale, layersOf), init)
}
