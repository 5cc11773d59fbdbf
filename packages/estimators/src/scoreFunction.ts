import type { Baseline } from './baseline.ts'
import type { Choice, EstimatorByFactor } from './byFactor.ts'
import { noBaseline } from './noBaseline.ts'
import { checkParticles } from './particles.ts'
import { partwise } from './partwise.ts'
import type { Draws } from './problem.ts'

export interface ScoreFunctionOptions {
  /** How many draws a step takes; 1, if not given, or 2 where the baseline needs them. */
  readonly particles?: number
  /** What is subtracted from the costs; nothing, if not given. */
  readonly baseline?: Baseline
  /** Whether an element's score is multiplied only with what the element has a part in; true, if not given. */
  readonly raoBlackwell?: boolean
}

/**
 * The score function estimator, REINFORCE: E_q[∂ log q(z; λ) · (log p(x, z) − log q(z; λ))], which asks nothing of the draws, so
 * that latents of any kind can be taken. Unbiased. The score of each element of each factor of q is multiplied only with the terms
 * that the element has a part in; the gradient of −log q itself has mean 0 and is left out, and parameters of the model have the
 * gradient of log p at the draws.
 *
 * @throws DomainError for fewer particles than the baseline needs.
 * @see Williams, Simple Statistical Gradient-Following Algorithms (Machine Learning 1992); Ranganath, Gerrish and Blei, Black Box
 *   Variational Inference (AISTATS 2014); Mnih and Gregor, Neural Variational Inference and Learning in Belief Networks (ICML 2014).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { bernoulli, normal } from '@variate/distributions'
 * import { leaveOneOut, scoreFunction } from '@variate/estimators'
 * import { adam, bbvi } from '@variate/inference'
 * import { mul, sub } from '@variate/core/ops'
 * import { model } from '@variate/language'
 *
 * const sign = model('sign')
 *   .latent('z', bernoulli({ probs: 0.5 }))
 *   .observed('x', ({ z }) => normal(sub(mul(2, z), 1), 1))
 * const estimator = scoreFunction({ particles: 4, baseline: leaveOneOut() })
 * const fit = await bbvi(sign, { estimator, optimizer: adam({ rate: 0.05 }), steps: 500 }).fit({ x: 1 }, { seed: 0 })
 * Math.abs(fit.posterior.mean.z.data[0]! - 1 / (1 + Math.exp(-2))) < 0.05 // => true
 * ```
 */
export function scoreFunction(options: ScoreFunctionOptions = {}): EstimatorByFactor<Draws> {
  const { baseline = noBaseline, raoBlackwell = true } = options
  const { particles = baseline.leastParticles } = options
  const who = baseline === noBaseline ? 'scoreFunction' : `scoreFunction with ${baseline.name}()`
  checkParticles(who, particles, baseline.leastParticles)
  const choice: Choice = {
    part: { kind: 'score', baseline, raoBlackwell },
    estimator: 'scoreFunction',
    reason: 'asked for: it takes draws of any kind',
  }
  return partwise(
    { name: 'scoreFunction', needs: ['reparameterized', 'discrete', 'opaque'], particles },
    () => choice,
  )
}
