import { affineMap } from './flows/affineMap.ts'
import { checkCount, checkHidden } from './flows/checkFlow.ts'
import { coupling } from './flows/coupling.ts'
import { flowVector } from './flows/flowVector.ts'
import { hiddenFor } from './flows/network.ts'
import { joint, type Joint } from './joint.ts'
import type { FlowOptions } from './planarFlow.ts'
import { middle } from './start.ts'

export interface NetworkFlowOptions extends FlowOptions {
  /** The units of the hidden layers of each layer's network; two layers of twice the number of dimensions, at least 16, if not given. */
  readonly hidden?: readonly number[]
}

/**
 * Real NVP over all continuous latents together: in each layer half of the numbers tell by a network how the other half is shifted
 * and scaled, by factors between e⁻² and e². Draws and densities cost the same. Of a single number it is a normal.
 *
 * @throws DomainError for numbers of layers and units that are no whole numbers ≥ 1.
 * @see Dinh, Sohl-Dickstein and Bengio, Density Estimation Using Real NVP (ICLR 2017).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { square } from '@variate/core/ops'
 * import { normal } from '@variate/distributions'
 * import { stickingTheLanding } from '@variate/estimators'
 * import { realNvp } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const banana = model('banana')
 *   .latent('x', normal(0, 1))
 *   .latent('y', ({ x }) => normal(square(x), 0.5))
 * const estimator = stickingTheLanding({ particles: 8 })
 * const family = realNvp({ layers: 4 })
 * const fit = await bbvi(banana, { family, estimator, steps: 3000 }).fit({}, { seed: 0 })
 * fit.elbo > -0.3 // => true
 * ```
 */
export function realNvp({ layers = 6, hidden, init = middle, scale = 0.1 }: NetworkFlowOptions = {}): Joint {
  checkCount('realNvp', 'layers', layers)
  checkHidden('realNvp', hidden)
  const layersOf = (size: number) =>
    Array.from({ length: layers }, (_, at) => coupling(size, at, hidden ?? hiddenFor(size), affineMap))
  return joint(flowVector('realNvp', scale, layersOf), init)
}
