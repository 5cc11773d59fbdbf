import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import { stopGradient } from '@variate/core/ops'
import { checkRelaxed } from './checkRelaxed.ts'
import { logWeight } from './elboOf.ts'
import type { Estimate, Estimator } from './estimator.ts'
import { gradientOf } from './gradientOf.ts'
import { checkParticles, meanOverParticles } from './particles.ts'
import type { Drawing, ObjectiveParameters, Problem, Tree } from './problem.ts'
import { drawings, softAt, softSites } from './relaxedDrawings.ts'
import {
  checkTemperature,
  nextTemperature,
  temperatureAt,
  temperatureStart,
  type Temperature,
} from './temperature.ts'

export interface RelaxedReparameterizationOptions {
  /** How far relaxed draws are from those of the support; ½, if not given. */
  readonly temperature?: Temperature
  /** How many draws a step takes; 1, if not given. */
  readonly particles?: number
}

/**
 * The reparameterization estimator with relaxed draws of the discrete latents, known as Gumbel-softmax or concrete: in the place of
 * a bernoulli's 0 or 1 stands σ(z / temperature) of its log odds with logistic noise, in that of a unit vector softmax(z /
 * temperature) of log probabilities with Gumbel noise. Terms of the model are evaluated at these values, log probabilities of
 * the latents themselves linearly between those of their support. Biased: what is climbed is the bound of relaxed values, which
 * tends to the bound as the temperature falls to 0, while the variance of the gradient grows without end.
 *
 * @throws DomainError for a temperature that is not > 0, or a number of particles below 1.
 * @see Jang, Gu and Poole, Categorical Reparameterization with Gumbel-Softmax (ICLR 2017); Maddison, Mnih and Teh, The Concrete
 *   Distribution (ICLR 2017).
 *
 * @example
 * ```ts
 * import { relaxedReparameterization } from '@variate/estimators'
 * import { schedules } from '@variate/inference'
 *
 * const temperature = schedules.exponentialDecay({ start: 1, factor: 0.5, steps: 1000, end: 0.1 })
 * relaxedReparameterization({ temperature, particles: 4 }).isUnbiased // => false
 * relaxedReparameterization({ temperature: -1 }) // => throws 'temperature must be a number > 0'
 * ```
 */
export function relaxedReparameterization({
  temperature = 0.5,
  particles = 1,
}: RelaxedReparameterizationOptions = {}): Estimator<'reparameterized' | 'discrete'> {
  checkTemperature('relaxedReparameterization', temperature)
  checkParticles('relaxedReparameterization', particles)
  return {
    name: 'relaxedReparameterization',
    needs: ['reparameterized', 'discrete'],
    particles,
    isUnbiased: false,
    init: (outline, who) => {
      checkRelaxed('relaxedReparameterization', outline, who)
      return temperatureStart(temperature)
    },
    estimate: (problem, parameters, key, state) =>
      alongDraws(problem, parameters, { key, particles, state }, () =>
        drawings(problem, softAt(temperatureAt(temperature, state))),
      ),
  }
}

/** The mean gradient of log p − log q through draws of discrete factors that are made differentiable. */
export function alongDraws(
  problem: Problem,
  parameters: ObjectiveParameters,
  step: { readonly key: Parameters<Problem['draw']>[1]; readonly particles: number; readonly state: Tree },
  how: () => Readonly<Record<string, Drawing>>,
): Estimate {
  const { key, particles, state } = step
  const options = { soft: softSites(problem) }
  const estimate = (): Tree =>
    meanOverParticles(particles, () => {
      const { gradients, more } = gradientOf((own) => {
        const weight = logWeight(problem, own, problem.draw(own, key, how()), options)
        return { surrogate: weight, more: stopGradient(weight) as Tensor }
      }, parameters)
      return { objective: more, gradients: gradients as unknown as Tree }
    })
  return tidy(() => ({ ...estimate(), state: nextTemperature(state) }) as never) as unknown as Estimate
}
