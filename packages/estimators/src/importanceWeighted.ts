import { reshape, sub } from '@variate/core/ops'
import { checkReparameterized } from './checkDraws.ts'
import { elementLogs } from './elements.ts'
import type { Estimator } from './estimator.ts'
import { logMeanExp } from './importanceWeights.ts'
import { multiSample } from './multiSample.ts'
import { checkParticles, overParticles } from './particles.ts'

export interface ImportanceWeightedOptions {
  /** How many draws a bound is of. */
  readonly particles: number
  /** How many such bounds are averaged in a step, each of draws of its own; 1, if not given. */
  readonly groups?: number
}

const WHO = 'importanceWeighted'

/**
 * The bound of importance-weighted autoencoders, E log (1/k) Σ wᵢ of k draws with weights wᵢ = p(x, zᵢ) / q(zᵢ), which rises from the
 * ELBO to log p(x) as k grows, and its gradient Σ w̃ᵢ ∇ log wᵢ through the draws, w̃ = w / Σ w. Unbiased. The variance of the gradient
 * in λ falls more slowly than its mean: see `doublyReparameterized`.
 *
 * @throws DomainError for a number of particles or groups below 1.
 * @see Burda, Grosse and Salakhutdinov, Importance Weighted Autoencoders (ICLR 2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { importanceWeighted } from '@variate/estimators'
 * import { bbvi, enumeration } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const point = model('point')
 *   .latent('z', normal(0, 1))
 *   .observed('x', ({ z }) => normal(z, 1))
 * const estimator = importanceWeighted({ particles: 10 })
 * const fit = await bbvi(point, { estimator, steps: 2000 }).fit({ x: 2 }, { seed: 0 })
 * const { logEvidence } = await enumeration(point).fit({ x: 2 })
 * logEvidence - fit.elbo < 0.05 // => true
 * ```
 */
export function importanceWeighted({
  particles,
  groups = 1,
}: ImportanceWeightedOptions): Estimator<'reparameterized'> {
  checkParticles(WHO, particles)
  checkParticles(WHO, groups, 1, 'groups')
  return multiSample(
    {
      name: WHO,
      needs: ['reparameterized'],
      particles: particles * groups,
      isUnbiased: true,
      check: (outline, who) => checkReparameterized(WHO, outline, who, 'vimco()'),
    },
    ({ problem, elements, parameters, key }) => {
      const { logP, logQ, others } = overParticles(particles * groups, () =>
        elementLogs(problem, elements, parameters, problem.draw(parameters, key)),
      )
      const logWeights = sub(logP, logQ)
      const grouped = reshape(logWeights, [particles, groups, ...logWeights.shape.slice(1)])
      const bound = logMeanExp(grouped)
      return { surrogate: bound, objective: bound, others }
    },
  )
}
