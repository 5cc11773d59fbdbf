import { mul } from '@variate/core/ops'
import { checkControl, temperatureOf, type ControlOptions } from './checkControl.ts'
import { controlled } from './controlled.ts'
import type { Estimator } from './estimator.ts'

/** Of `rebar`. */
export interface RebarOptions extends ControlOptions {}

/**
 * REBAR: the score function estimator for bernoulli and oneHotCategorical latents, with log p − log q at relaxed draws, times a scale, as
 * control variate. Unbiased; temperature and scale are tuned in each step by the gradient of the estimator's variance. Continuous
 * latents are differentiated along their draws.
 *
 * @throws DomainError for options out of range.
 * @see Tucker, Mnih, Maddison, Lawson and Sohl-Dickstein, REBAR: Low-Variance, Unbiased Gradient Estimates for Discrete Latent
 *   Variable Models (NeurIPS 2017).
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
