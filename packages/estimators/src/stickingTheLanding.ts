import { mean, stopGradient, sub } from '@variate/core/ops'
import { checkReparameterized } from './checkDraws.ts'
import { totalOf } from './elboOf.ts'
import type { EstimatorByFactor } from './byFactor.ts'
import { gradientOf, mapTree } from './gradientOf.ts'
import { checkParticles, overParticles } from './particles.ts'
import { pathOf } from './pathOf.ts'
import type { ReparameterizationOptions } from './reparameterization.ts'

/**
 * Sticking the landing: the reparameterization estimator without the score of q, whose mean is 0: log q(t(ε; λ); λ) is
 * differentiated through the draw only. Unbiased; where q is the posterior, its variance is 0.
 *
 * @throws DomainError for a number of particles below 1.
 * @see Roeder, Wu and Duvenaud, Sticking the Landing (NeurIPS 2017).
 */
export function stickingTheLanding({
  particles = 1,
}: ReparameterizationOptions = {}): EstimatorByFactor<'reparameterized'> {
  checkParticles('stickingTheLanding', particles)
  return {
    name: 'stickingTheLanding',
    needs: ['reparameterized'],
    particles,
    isUnbiased: true,
    choose: pathOf('stickingTheLanding', false),
    init: (outline, who) => {
      checkReparameterized('stickingTheLanding', outline, who)
      return {}
    },
    estimate: (problem, parameters, key) => {
      const { gradients, more } = gradientOf((own) => {
        const still = { model: own.model, guide: mapTree(own.guide, (x) => stopGradient(x)) }
        const weights = overParticles(particles, () => {
          const values = problem.draw(own, key)
          const logP = totalOf(problem.terms, problem.logP(own, values))
          return sub(logP, totalOf(problem.factors, problem.logQ(still, values)))
        })
        const elbo = mean(weights)
        return { surrogate: elbo, more: stopGradient(elbo) }
      }, parameters)
      return { objective: more, gradients, state: {} }
    },
  }
}
