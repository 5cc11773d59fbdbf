import { autoregressive } from './flows/autoregressive.ts'
import { checkCount, checkHidden } from './flows/checkFlow.ts'
import { flowVector } from './flows/flowVector.ts'
import { hiddenFor } from './flows/network.ts'
import { joint, type Joint } from './joint.ts'
import type { NetworkFlowOptions } from './realNvp.ts'
import { middle } from './start.ts'

/**
 * An inverse autoregressive flow over all continuous latents together: number by number, each is shifted and scaled as the noise of
 * those before it tells. A draw takes a pass of each layer's network, log q as many as there are numbers, for it is found from z
 * alone, as estimators need that stop derivatives of draws or of parameters.
 *
 * @throws DomainError for numbers of layers and units that are no whole numbers ≥ 1.
 * @see Kingma, Salimans, Jozefowicz, Chen, Sutskever and Welling, Improved Variational Inference with Inverse Autoregressive Flow
 *   (NeurIPS 2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { square } from '@variate/core/ops'
 * import { normal } from '@variate/distributions'
 * import { stickingTheLanding } from '@variate/estimators'
 * import { inverseAutoregressiveFlow } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const banana = model('banana')
 *   .latent('x', normal(0, 1))
 *   .latent('y', ({ x }) => normal(square(x), 0.5))
 * const family = inverseAutoregressiveFlow({ layers: 2 })
 * const estimator = stickingTheLanding({ particles: 8 })
 * const fit = await bbvi(banana, { family, estimator, steps: 3000 }).fit({}, { seed: 0 })
 * fit.elbo > -0.3 // => true
 * ```
 */
export function inverseAutoregressiveFlow({
  layers = 3,
  hidden,
  init = middle,
  scale = 0.1,
}: NetworkFlowOptions = {}): Joint {
  checkCount('inverseAutoregressiveFlow', 'layers', layers)
  checkHidden('inverseAutoregressiveFlow', hidden)
  const layersOf = (size: number) =>
    Array.from({ length: layers }, (_, at) => autoregressive(size, hidden ?? hiddenFor(size), at % 2 === 1))
  return joint(flowVector('inverseAutoregressiveFlow', scale, layersOf), init)
}
