import { checkRelaxed } from './checkRelaxed.ts'
import type { Estimator } from './estimator.ts'
import { checkParticles } from './particles.ts'
import { drawings, hardWithSlopeAt } from './relaxedDrawings.ts'
import { alongDraws } from './relaxedReparameterization.ts'
import { checkTemperature, temperatureAt, temperatureStart, type Temperature } from './temperature.ts'

export interface StraightThroughOptions {
  /** Of the relaxed draws whose slope is taken; if not given, the slope is that of the draws' mean. */
  readonly temperature?: Temperature
  /** How many draws a step takes; 1, if not given. */
  readonly particles?: number
}

/**
 * The straight-through estimator: discrete latents are drawn as they are, 0 or 1 and unit vectors, and differentiated as if they were
 * their means, or relaxed draws of some temperature from the same noise. The objective is the bound itself. Its gradient is biased:
 * without a temperature it is exact where log p is linear in each discrete latent, and with one it is not even there.
 *
 * @throws DomainError for a temperature that is not > 0, or a number of particles below 1.
 * @see Bengio, Léonard and Courville, Estimating or Propagating Gradients Through Stochastic Neurons (2013); Jang, Gu and Poole,
 *   Categorical Reparameterization with Gumbel-Softmax (ICLR 2017), section 2.2.
 *
 * @example
 * ```ts
 * import { straightThrough } from '@variate/estimators'
 *
 * straightThrough({ temperature: 0.5 }).isUnbiased // => false
 * straightThrough({ temperature: 0 }) // => throws 'temperature must be a number > 0'
 * ```
 */
export function straightThrough({ temperature, particles = 1 }: StraightThroughOptions = {}): Estimator<
  'reparameterized' | 'discrete'
> {
  if (temperature !== undefined) checkTemperature('straightThrough', temperature)
  checkParticles('straightThrough', particles)
  return {
    name: 'straightThrough',
    needs: ['reparameterized', 'discrete'],
    particles,
    isUnbiased: false,
    init: (outline, who) => {
      checkRelaxed('straightThrough', outline, who)
      return temperatureStart(temperature)
    },
    estimate: (problem, parameters, key, state) =>
      alongDraws(problem, parameters, { key, particles, state }, () => {
        const at = temperature === undefined ? undefined : temperatureAt(temperature, state)
        return drawings(problem, hardWithSlopeAt(at))
      }),
  }
}
