import { add, stopGradient, sub } from '@variate/core/ops'
import { elementLogs, elementsOf, overElements } from './elements.ts'
import type { Estimator } from './estimator.ts'
import { gradientOf, mapTree } from './gradientOf.ts'
import { logMeanExp, normalizedWeights, weightedSum } from './importanceWeights.ts'
import { checkParticles, overParticles } from './particles.ts'

export interface ReweightedWakeSleepOptions {
  /** How many draws a step takes, two at least. */
  readonly particles: number
}

const WHO = 'reweightedWakeSleep'

/**
 * Reweighted wake–sleep, both phases awake: in θ the gradient of the bound of importance-weighted autoencoders, Σ w̃ᵢ ∇log p(x, zᵢ),
 * which is unbiased; in λ that by which q comes nearer to the posterior in KL(p(z | x) ‖ q), Σ w̃ᵢ ∇log q(zᵢ), which is not, by
 * something of the order of 1/k, for the weights w̃ = w / Σ w stand for the posterior. Draws are not differentiated: they may be of
 * any kind.
 *
 * @throws DomainError for a number of particles below 2.
 * @see Bornschein and Bengio, Reweighted Wake-Sleep (ICLR 2015); Le, Kosiorek, Siddharth, Teh and Wood, Revisiting Reweighted
 *   Wake-Sleep (UAI 2019).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { mul } from '@variate/core/ops'
 * import { bernoulli, normal } from '@variate/distributions'
 * import { reweightedWakeSleep } from '@variate/estimators'
 * import { bbvi, enumeration } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const coin = model('coin')
 *   .latent('b', bernoulli({ probs: 0.3 }))
 *   .observed('x', ({ b }) => normal(mul(2, b), 1))
 * const estimator = reweightedWakeSleep({ particles: 10 })
 * const fit = await bbvi(coin, { estimator, steps: 2000 }).fit({ x: 1.2 }, { seed: 0 })
 * const { logEvidence } = await enumeration(coin).fit({ x: 1.2 })
 * logEvidence - fit.elbo < 0.05 // => true
 * ```
 */
export function reweightedWakeSleep({ particles }: ReweightedWakeSleepOptions): Estimator {
  checkParticles(WHO, particles, 2)
  return {
    name: WHO,
    needs: ['reparameterized', 'discrete', 'opaque'],
    particles,
    isOfWeights: true,
    isUnbiased: false,
    init: (outline, who) => {
      elementsOf(outline, `${who}: ${WHO}`)
      return {}
    },
    estimate: (problem, parameters, key) => {
      const elements = elementsOf(problem, WHO)
      const { gradients, more } = gradientOf((own) => {
        const { logP, logQ, others } = overParticles(particles, () => {
          const values = mapTree(problem.draw(own, key), (x) => stopGradient(x))
          return elementLogs(problem, elements, own, values)
        })
        const logWeights = sub(logP, logQ)
        const weights = normalizedWeights(logWeights)
        const surrogate = add(weightedSum(weights, logP), weightedSum(weights, logQ))
        return {
          surrogate: overElements(elements, surrogate, others),
          more: stopGradient(overElements(elements, logMeanExp(logWeights), others)),
        }
      }, parameters)
      return { objective: more, gradients, state: {} }
    },
  }
}
