import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  broadcastTo,
  div,
  equal,
  expandDims,
  eye,
  logSumExp,
  mul,
  reshape,
  stopGradient,
  sub,
  sum,
  where,
} from '@variate/core/ops'
import { elementLogs, perElement } from './elements.ts'
import type { Estimator } from './estimator.ts'
import { logMeanExp } from './importanceWeights.ts'
import { multiSample } from './multiSample.ts'
import { checkParticles, overParticles } from './particles.ts'
import { stoppedDraw } from './stoppedDraw.ts'

export interface VimcoOptions {
  /** How many draws the bound is of, two at least. */
  readonly particles: number
}

const WHO = 'vimco'

/**
 * Variational inference for Monte Carlo objectives: the gradient of the bound of importance-weighted autoencoders for draws of any
 * kind. A draw that has no derivative is scored, ∇ log q(zᵢ), by how much it adds to the bound over what the others say of it: the
 * bound in which the geometric mean of their weights stands for its own. Draws that are smooth functions of the parameters are
 * differentiated, in the same gradient. Unbiased.
 *
 * @throws DomainError for a number of particles below 2.
 * @see Mnih and Rezende, Variational Inference for Monte Carlo Objectives (ICML 2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { mul } from '@variate/core/ops'
 * import { bernoulli, normal } from '@variate/distributions'
 * import { vimco } from '@variate/estimators'
 * import { bbvi, enumeration } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const coin = model('coin')
 *   .latent('b', bernoulli({ probs: 0.3 }))
 *   .observed('x', ({ b }) => normal(mul(2, b), 1))
 * const estimator = vimco({ particles: 10 })
 * const fit = await bbvi(coin, { estimator, steps: 2000 }).fit({ x: 1.2 }, { seed: 0 })
 * const { logEvidence } = await enumeration(coin).fit({ x: 1.2 })
 * logEvidence - fit.elbo < 0.05 // => true
 * ```
 */
export function vimco({ particles }: VimcoOptions): Estimator {
  checkParticles(WHO, particles, 2)
  return multiSample(
    { name: WHO, needs: ['reparameterized', 'discrete', 'opaque'], particles, isUnbiased: true },
    ({ problem, elements, parameters, key }) => {
      const scored = problem.factors.filter(({ draws }) => draws !== 'reparameterized')
      const how = Object.fromEntries(scored.map(({ name }) => [name, stoppedDraw]))
      const { logP, logQ, score, others } = overParticles(particles, () => {
        const values = problem.draw(parameters, key, how)
        const score = perElement(problem, elements, scored, problem.logQ(parameters, values))
        return { ...elementLogs(problem, elements, parameters, values), score }
      })
      const logWeights = sub(logP, logQ)
      const bound = logMeanExp(logWeights)
      const scores = sum(mul(stopGradient(signalsOf(logWeights)), score), 0)
      return { surrogate: add(bound, scores), objective: bound, others }
    },
  )
}

/**
 * How much each particle adds to the bound over what the others say of it. Where the others' weights are all 0 they say nothing, and
 * where all are, the bound is −∞ and has no gradient.
 */
function signalsOf(logWeights: Tensor): Tensor {
  const [count, ...rest] = logWeights.shape as readonly [number, ...number[]]
  const isOwn = broadcastTo(reshape(eye(count), [count, count, ...rest.map(() => 1)]), [
    count,
    count,
    ...rest,
  ])
  const all = expandDims(logWeights, 0)
  const geometric = div(sum(where(isOwn, 0, all), 1, true), count - 1)
  const baseline = sub(logSumExp(where(isOwn, geometric, all), 1), Math.log(count))
  const bound = logMeanExp(logWeights)
  const signals = sub(bound, where(equal(baseline, -Infinity), 0, baseline))
  return where(equal(bound, -Infinity), 0, signals)
}
