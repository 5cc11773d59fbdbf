import { autoregressive } from './flows/autoregressive.ts'
import { checkCount, checkHidden } from './flows/checkFlow.ts'
import { flowVector } from './flows/flowVector.ts'
import { inverted } from './flows/layer.ts'
import { hiddenFor } from './flows/network.ts'
import { joint, type Joint } from './joint.ts'
import type { NetworkFlowOptions } from './realNvp.ts'
import { middle } from './start.ts'

/**
 * A masked autoregressive flow over all continuous latents together: number by number, each is shifted and scaled as those before it
 * in z tell. log q takes a pass of each layer's network, a draw as many as there are numbers: for tens of them, not for thousands.
 *
 * @throws DomainError for numbers of layers and units that are no whole numbers ≥ 1.
 * @see Papamakarios, Pavlakou and Murray, Masked Autoregressive Flow for Density Estimation (NeurIPS 2017).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { square } from '@variate/core/ops'
 * import { normal } from '@variate/distributions'
 * import { stickingTheLanding } from '@variate/estimators'
 * import { maskedAutoregressiveFlow } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const banana = model('banana')
 *   .latent('x', normal(0, 1))
 *   .latent('y', ({ x }) => normal(square(x), 0.5))
 * const family = maskedAutoregressiveFlow({ layers: 2 })
 * const estimator = stickingTheLanding({ particles: 8 })
 * const fit = await bbvi(banana, { family, estimator, steps: 3000 }).fit({}, { seed: 0 })
 * fit.elbo > -0.3 // => true
 * ```
 */
export function maskedAutoregressiveFlow({
  layers = 3,
  hidden,
  init = middle,
  scale = 0.1,
}: NetworkFlowOptions = {}): Joint {
  checkCount('maskedAutoregressiveFlow', 'layers', layers)
  checkHidden('maskedAutoregressiveFlow', hidden)
  const layersOf = (size: number) =>
    Array.from({ length: layers }, (_, at) =>
      inverted(autoregressive(size, hidden ?? hiddenFor(size), at % 2 === 1)),
    )
  return joint(flowVector('maskedAutoregressiveFlow', scale, layersOf), init)
}
