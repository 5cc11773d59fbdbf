import { checkCount, checkPositive } from './flows/checkFlow.ts'
import type { FullRankOptions } from './fullRank.ts'
import { joint, type Joint } from './joint.ts'
import { mixtureVector } from './mixtureVector.ts'
import { middle } from './start.ts'

export interface MixtureOfNormalsOptions extends FullRankOptions {
  /** How many normals are mixed; 4, if not given. */
  readonly components?: number
  /** The standard deviation of where components begin about the start, in numbers without bounds; 1, if not given. */
  readonly spread?: number
}

/**
 * A mixture of normals, each of independent numbers, over all continuous latents together. Draws have implicit derivatives in all
 * parameters, those of the weights as well, so that all estimators take it that differentiate draws, and are unbiased with it. They
 * are found number by number: for tens of numbers, not for thousands.
 *
 * @throws DomainError for a number of components that is no whole number ≥ 1, and a spread that is not > 0.
 * @see Gershman, Hoffman and Blei, Nonparametric Variational Inference (ICML 2012); Figurnov, Mohamed and Mnih, Implicit
 *   Reparameterization Gradients (NeurIPS 2018).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { mixture, normal } from '@variate/distributions'
 * import { stickingTheLanding } from '@variate/estimators'
 * import { mixtureOfNormals } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const twoPeaks = model('two peaks').latent('x', mixture({ probs: [0.3, 0.7] }, normal([-2, 2], 0.5)))
 * const estimator = stickingTheLanding({ particles: 8 })
 * const family = mixtureOfNormals({ components: 3, scale: 0.5 })
 * const fit = await bbvi(twoPeaks, { family, estimator, steps: 3000 }).fit({}, { seed: 0 })
 * fit.elbo > -0.05 // => true
 * ```
 */
export function mixtureOfNormals({
  components = 4,
  init = middle,
  scale = 0.1,
  spread = 1,
}: MixtureOfNormalsOptions = {}): Joint {
  checkCount('mixtureOfNormals', 'components', components)
  checkPositive('mixtureOfNormals', 'spread', spread)
  return joint(mixtureVector(components, scale, spread), init)
}
