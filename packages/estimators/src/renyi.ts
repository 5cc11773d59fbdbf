import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import {
  add,
  cast,
  div,
  equal,
  expm1,
  fill,
  log1p,
  max,
  mean,
  mul,
  neg,
  softmax,
  stopGradient,
  sub,
  sum,
  where,
} from '@variate/core/ops'
import { checkReparameterized } from './checkDraws.ts'
import { elementLogs } from './elements.ts'
import type { Estimator } from './estimator.ts'
import { weightedSum } from './importanceWeights.ts'
import { multiSample } from './multiSample.ts'
import { checkParticles, overParticles } from './particles.ts'

export interface RenyiOptions {
  /** Which bound: 1 is the ELBO, 0 that of importance-weighted autoencoders, −∞ that of the largest weight, ∞ of the least. */
  readonly alpha: number
  /** How many draws the bound is of. */
  readonly particles: number
}

const WHO = 'renyi'

/**
 * The variational Rényi bound of order α, E log ((1/k) Σ wᵢ^(1−α))^(1/(1−α)) of k draws with weights wᵢ = p(x, zᵢ) / q(zᵢ), and its
 * gradient through the draws, in which each counts by wᵢ^(1−α). Unbiased for the bound of k draws, which for α < 1 rises with k to
 * that of infinitely many, log p(x) − D_α(q ‖ p(z | x)), and for α > 1 falls to it: for that it is biased, unless α is 1. A draw
 * with weight 0 makes the bound −∞ where α ≥ 1, and its gradient 0.
 *
 * @throws DomainError for an order that is NaN, and a number of particles below 1.
 * @see Li and Turner, Rényi Divergence Variational Inference (NeurIPS 2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { renyi } from '@variate/estimators'
 * import { bbvi, enumeration } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const point = model('point')
 *   .latent('z', normal(0, 1))
 *   .observed('x', ({ z }) => normal(z, 1))
 * const estimator = renyi({ alpha: 0.5, particles: 10 })
 * const fit = await bbvi(point, { estimator, steps: 2000 }).fit({ x: 2 }, { seed: 0 })
 * const { logEvidence } = await enumeration(point).fit({ x: 2 })
 * logEvidence - fit.elbo < 0.05 // => true
 * ```
 */
export function renyi({ alpha, particles }: RenyiOptions): Estimator<'reparameterized'> {
  checkParticles(WHO, particles)
  if (typeof alpha !== 'number' || Number.isNaN(alpha))
    throw new DomainError(`${WHO}: alpha must be a number, got ${shown(alpha)}`)
  const order = 1 - alpha
  return multiSample(
    {
      name: WHO,
      needs: ['reparameterized'],
      particles,
      isUnbiased: true,
      check: (outline, who) => checkReparameterized(WHO, outline, who, 'vimco()'),
    },
    ({ problem, elements, parameters, key }) => {
      const { logP, logQ, others } = overParticles(particles, () =>
        elementLogs(problem, elements, parameters, problem.draw(parameters, key)),
      )
      const logWeights = sub(logP, logQ)
      const objective = logPowerMean(logWeights, order)
      const shares = where(equal(objective, -Infinity), 0, sharesOf(logWeights, order))
      return { surrogate: weightedSum(stopGradient(shares), logWeights), objective, others }
    },
  )
}

/** log ((1/k) Σ wʳ)^(1/r) along the first axis, precise for r near 0, too, where it becomes the mean of log w. */
function logPowerMean(logWeights: Tensor, order: number): Tensor {
  if (order === 0) return mean(logWeights, 0)
  const extreme = order > 0 ? max(logWeights, 0) : neg(max(neg(logWeights), 0))
  if (!Number.isFinite(order)) return extreme
  const finite = where(equal(extreme, -Infinity), 0, extreme)
  const powers = expm1(mul(order, sub(logWeights, finite)))
  return add(finite, div(log1p(mean(powers, 0)), order))
}

/** The derivatives of `logPowerMean`: wʳ / Σ wʳ. Equal ones share what the extreme one has. */
function sharesOf(logWeights: Tensor, order: number): Tensor {
  if (order === 0) return fill(logWeights.shape, 1 / logWeights.shape[0]!)
  if (Number.isFinite(order)) return softmax(mul(order, logWeights), 0)
  const isExtreme = cast(equal(logWeights, logPowerMean(logWeights, order)), 'float32')
  return div(isExtreme, sum(isExtreme, 0))
}
