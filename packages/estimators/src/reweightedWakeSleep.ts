import { add, sub } from '@variate/core/ops'
import { checkNoPoint } from './checkNoPoint.ts'
import type { Estimator } from './estimator.ts'
import { heldLogs } from './heldLogs.ts'
import { logMeanExp, normalizedWeights, weightedSum } from './importanceWeights.ts'
import { multiSample } from './multiSample.ts'
import { checkParticles } from './particles.ts'

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
 * @throws DomainError for a number of particles below 2. When it is paired with a model, UnsupportedError for a latent in which q
 *   is a single point.
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
  return multiSample(
    {
      name: WHO,
      needs: ['reparameterized', 'discrete', 'opaque'],
      particles,
      isUnbiased: false,
      isOfTwoObjectives: true,
      check: (outline, who) => checkNoPoint(WHO, outline, 'moves q by its score', who),
    },
    (sampled) => {
      const { logP, logQ, others } = heldLogs(sampled, particles)
      const logWeights = sub(logP, logQ)
      const weights = normalizedWeights(logWeights)
      const surrogate = add(weightedSum(weights, logP), weightedSum(weights, logQ))
      return { surrogate, objective: logMeanExp(logWeights), others }
    },
  )
}
