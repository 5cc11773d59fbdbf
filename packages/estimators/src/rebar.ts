import { mul } from '@variate/core/ops'
import { checkControl, temperatureOf, type ControlOptions } from './checkControl.ts'
import { controlled } from './controlled.ts'
import type { Estimator } from './estimator.ts'

export type RebarOptions = ControlOptions

/**
 * REBAR: the score function estimator for bernoulli and oneHotCategorical latents, with log p − log q at relaxed draws, times a scale, as
 * control variate. Unbiased; temperature and scale are tuned in each step by the gradient of the estimator's variance. Continuous
 * latents are differentiated along their draws.
 *
 * @throws DomainError for options out of range.
 * @see Tucker, Mnih, Maddison, Lawson and Sohl-Dickstein, REBAR: Low-Variance, Unbiased Gradient Estimates for Discrete Latent
 *   Variable Models (NeurIPS 2017).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { bernoulli, normal } from '@variate/distributions'
 * import { rebar } from '@variate/estimators'
 * import { bbvi } from '@variate/inference'
 * import { mul, sub } from '@variate/core/ops'
 * import { model } from '@variate/language'
 *
 * const sign = model('sign')
 *   .latent('z', bernoulli({ probs: 0.5 }))
 *   .observed('x', ({ z }) => normal(sub(mul(2, z), 1), 1))
 * const estimator = rebar()
 * const fit = await bbvi(sign, { estimator, steps: 1000 }).fit({ x: 1 }, { seed: 0 })
 * Math.abs(fit.posterior.mean.z.data[0]! - 1 / (1 + Math.exp(-2))) < 0.05 // => true
 * ```
 */
export function rebar(options: RebarOptions = {}): Estimator<'reparameterized' | 'discrete'> {
  const start = checkControl('rebar', options)
  return controlled(
    {
      name: 'rebar',
      start: () => start.tuned,
      temperature: temperatureOf,
      of: ({ scale }, _, logWeight) => mul(scale!, logWeight),
    },
    start,
  )
}
