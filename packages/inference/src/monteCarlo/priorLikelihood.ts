import type { Model, ModelTypes, Randomness } from '@variate/language'
import { checkWhole } from './checks.ts'
import { keyFrom } from '../keyFrom.ts'
import type { GradientOptions } from './elbo.ts'
import { gradientOf, type ObjectiveGradient } from './objective.ts'
import { proposed, type Known, type ParametersOf } from './proposed.ts'

export interface PriorLikelihood<Types> {
  /**
   * The gradient of log (1/K) Σ p(data | zᵢ), zᵢ from the prior, in all parameters, and how much it varies. Draws stay where they
   * are while parameters of the prior change, and are weighed: latents may be discrete.
   *
   * @param given observations, inputs, parameters and networks.
   */
  gradient(
    given: Known<Types>,
    options: Randomness & GradientOptions,
  ): Promise<ObjectiveGradient<ParametersOf<Types>>>
}

/**
 * Maximum likelihood by draws from the prior, as an objective to be trained on: it needs no guide, and its gradient's variance grows
 * with how much the data say of the latents, exponentially with their number. `elbo(…).gradient` tells the same of the ELBO.
 *
 * @param model the model.
 * @param options how many particles; 1,000, if not given.
 * @throws DomainError for a number of particles that is no whole number ≥ 1.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { priorLikelihood } from '@variate/inference'
 * import { model, real } from '@variate/language'
 *
 * const point = model('point')
 *   .param('mu', real())
 *   .latent('z', ({ mu }) => normal(mu, 1))
 *   .observed('x', ({ z }) => normal(z, 1))
 * const { gradient, variance } = await priorLikelihood(point).gradient({ x: 2, mu: 0 }, { seed: 0 })
 * Math.abs(gradient.mu.at() - 1) < 0.02 // => true
 * variance.mu.at() < 0.01 // => true
 * ```
 */
export function priorLikelihood<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  { particles = 1000 }: { readonly particles?: number } = {},
): PriorLikelihood<Types> {
  const { program } = model
  const who = `model "${program.name}": priorLikelihood`
  checkWhole(who, 'particles', particles, 1)
  return {
    gradient: async (given, options) => {
      const { repeats = 100 } = options
      checkWhole(who, 'repeats', repeats, 2)
      const key = keyFrom(who, options)
      const bound = proposed(program, undefined, given as Readonly<Record<string, unknown>>, who)
      return gradientOf(program, bound, key, { particles, group: particles }, repeats, who)
    },
  }
}
