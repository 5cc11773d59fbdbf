import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { add, stopGradient, sub } from '@variate/core/ops'
import { checkNoPoint } from './checkNoPoint.ts'
import type { Estimator } from './estimator.ts'
import { heldLogs } from './heldLogs.ts'
import { weightedSum } from './importanceWeights.ts'
import { multiSample } from './multiSample.ts'
import { checkParticles } from './particles.ts'
import { riemannSum } from './riemannSum.ts'

export interface ThermodynamicOptions {
  /** How many draws the expectations are of, two at least. */
  readonly particles: number
  /** How many steps there are from q to the posterior, of equal length; or where they begin, rising from 0, below 1. */
  readonly partitions: number | readonly number[]
}

const WHO = 'thermodynamic'

/**
 * The thermodynamic variational objective: log p(x) is the integral of E log w over β from 0 to 1, w = p(x, z) / q(z), the
 * expectation that of π(z) ∝ q(z) wᵝ. It rises with β, so that the sum of each step's length times its value at the step's beginning
 * lies below: at the ELBO for one step, the nearer to log p(x) the more there are. The gradient of each expectation is
 * E ∇log w + Cov(∇log π, log w), which does not differentiate draws: they may be of any kind.
 *
 * Biased: expectations are of one set of draws from q, weighted by wᵝ / Σ wᵝ, which is off by something of the order of 1/k; but for
 * one step, whose gradient is that of the score function with a baseline. A draw with weight 0 makes the objective −∞, as it makes
 * the ELBO, and its gradient 0.
 *
 * @throws DomainError for a number of particles below 2, no steps, or steps that do not rise from 0 and stay below 1.
 *   When it is paired with a model, UnsupportedError for a latent in which q is a single point.
 * @see Masrani, Le and Wood, The Thermodynamic Variational Objective (NeurIPS 2019).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { mul } from '@variate/core/ops'
 * import { bernoulli, normal } from '@variate/distributions'
 * import { thermodynamic } from '@variate/estimators'
 * import { bbvi, enumeration } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const coin = model('coin')
 *   .latent('b', bernoulli({ probs: 0.3 }))
 *   .observed('x', ({ b }) => normal(mul(2, b), 1))
 * const estimator = thermodynamic({ particles: 50, partitions: 5 })
 * const fit = await bbvi(coin, { estimator, steps: 2000 }).fit({ x: 1.2 }, { seed: 0 })
 * const { logEvidence } = await enumeration(coin).fit({ x: 1.2 })
 * logEvidence - fit.elbo < 0.05 // => true
 * ```
 */
export function thermodynamic({ particles, partitions }: ThermodynamicOptions): Estimator {
  checkParticles(WHO, particles, 2)
  const starts = startsOf(partitions)
  return multiSample(
    {
      name: WHO,
      needs: ['reparameterized', 'discrete', 'opaque'],
      particles,
      isUnbiased: starts.length === 1,
      check: (outline, who) => checkNoPoint(WHO, outline, 'moves q by its score', who),
    },
    (sampled) => {
      const { logP, logQ, others } = heldLogs(sampled, particles)
      const { objective, ofP, ofQ } = riemannSum(stopGradient(sub(logP, logQ)), starts)
      return { surrogate: add(weightedSum(ofP, logP), weightedSum(ofQ, logQ)), objective, others }
    },
  )
}

function startsOf(partitions: unknown): readonly number[] {
  if (!Array.isArray(partitions)) {
    checkParticles(WHO, partitions, 1, 'partitions')
    return Array.from({ length: partitions as number }, (_, step) => step / (partitions as number))
  }
  const starts = partitions as readonly number[]
  const isRising = starts.every((beta, at) => (at === 0 ? beta === 0 : beta > starts[at - 1]! && beta < 1))
  if (starts.length > 0 && isRising) return starts
  throw new DomainError(`${WHO}: partitions must rise from 0 and stay below 1, got ${shown(partitions)}`)
}
