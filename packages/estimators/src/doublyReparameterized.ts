import { add, square, stopGradient, sub } from '@variate/core/ops'
import { checkReparameterized } from './checkDraws.ts'
import { checkNoPoint } from './checkNoPoint.ts'
import { elementLogs } from './elements.ts'
import type { Estimator } from './estimator.ts'
import { mapTree } from './gradientOf.ts'
import { logMeanExp, normalizedWeights, weightedSum } from './importanceWeights.ts'
import { multiSample } from './multiSample.ts'
import { checkParticles, overParticles } from './particles.ts'

export interface DoublyReparameterizedOptions {
  /** How many draws the bound is of. */
  readonly particles: number
}

const WHO = 'doublyReparameterized'

/**
 * The doubly reparameterized gradient of the bound of importance-weighted autoencoders: in λ it is Σ w̃ᵢ² ∂log wᵢ/∂zᵢ · ∂zᵢ/∂λ, for
 * the score of q is reparameterized once more; in θ that of `importanceWeighted`. Unbiased. As draws grow in number, the gradient in
 * λ stands out of its noise ever more clearly, as their square root, where that of `importanceWeighted` drowns in it.
 *
 * @throws DomainError for a number of particles below 1. When it is paired with a model, UnsupportedError for a latent in which q
 *   is a single point.
 * @see Tucker, Lawson, Gu and Maddison, Doubly Reparameterized Gradient Estimators for Monte Carlo Objectives (ICLR 2019).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { doublyReparameterized } from '@variate/estimators'
 * import { bbvi, enumeration } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const point = model('point')
 *   .latent('z', normal(0, 1))
 *   .observed('x', ({ z }) => normal(z, 1))
 * const estimator = doublyReparameterized({ particles: 10 })
 * const fit = await bbvi(point, { estimator, steps: 2000 }).fit({ x: 2 }, { seed: 0 })
 * const { logEvidence } = await enumeration(point).fit({ x: 2 })
 * logEvidence - fit.elbo < 0.05 // => true
 * ```
 */
export function doublyReparameterized({
  particles,
}: DoublyReparameterizedOptions): Estimator<'reparameterized'> {
  checkParticles(WHO, particles)
  return multiSample(
    {
      name: WHO,
      needs: ['reparameterized'],
      particles,
      isUnbiased: true,
      check: (outline, who) => {
        checkReparameterized(WHO, outline, who, 'vimco()')
        checkNoPoint(WHO, outline, 'reparameterizes the score of q', who)
      },
    },
    ({ problem, elements, parameters, key }) => {
      const still = mapTree(parameters as never, (x) => stopGradient(x))
      const { path, held } = overParticles(particles, () => {
        const values = problem.draw(parameters, key)
        const stopped = mapTree(values, (x) => stopGradient(x))
        return {
          path: elementLogs(problem, elements, still, values),
          held: elementLogs(problem, elements, parameters, stopped),
        }
      })
      const logWeights = sub(path.logP, path.logQ)
      const weights = normalizedWeights(logWeights)
      const ofGuide = weightedSum(square(weights), logWeights)
      const ofModel = weightedSum(weights, held.logP)
      return { surrogate: add(ofGuide, ofModel), objective: logMeanExp(logWeights), others: held.others }
    },
  )
}
