import { mean, stopGradient } from '@variate/core/ops'
import { checkReparameterized } from './checkDraws.ts'
import { logWeight } from './elboOf.ts'
import type { EstimatorByFactor } from './byFactor.ts'
import { gradientOf } from './gradientOf.ts'
import { checkParticles, overParticles } from './particles.ts'
import { pathOf } from './pathOf.ts'

export interface ReparameterizationOptions {
  /** How many draws a step takes; 1, if not given. */
  readonly particles?: number
}

/**
 * The reparameterization estimator: draws are smooth functions z = t(ε; λ) of noise that the parameters have no part in, and
 * the gradient of log p(x, t(ε; λ)) − log q(t(ε; λ); λ) is taken through them. Unbiased.
 *
 * @throws DomainError for a number of particles below 1.
 * @see Kingma and Welling, Auto-Encoding Variational Bayes (ICLR 2014); Rezende, Mohamed and Wierstra, Stochastic
 *   Backpropagation (ICML 2014).
 */
export function reparameterization({
  particles = 1,
}: ReparameterizationOptions = {}): EstimatorByFactor<'reparameterized'> {
  checkParticles('reparameterization', particles)
  return {
    name: 'reparameterization',
    needs: ['reparameterized'],
    particles,
    isUnbiased: true,
    choose: pathOf('reparameterization', true),
    init: (outline, who) => {
      checkReparameterized('reparameterization', outline, who)
      return {}
    },
    estimate: (problem, parameters, key) => {
      const { gradients, more } = gradientOf((own) => {
        const weights = overParticles(particles, () => logWeight(problem, own, problem.draw(own, key)))
        const elbo = mean(weights)
        return { surrogate: elbo, more: stopGradient(elbo) }
      }, parameters)
      return { objective: more, gradients, state: {} }
    },
  }
}
