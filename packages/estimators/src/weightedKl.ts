import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, NdArray } from '@variate/core'
import { shown } from '@variate/core/internal'
import { add, fill, greater, mean, mul, stopGradient, sub, sum, where, type Real } from '@variate/core/ops'
import { checkMeanOfLogs } from './checkMeanOfLogs.ts'
import type { Estimator, Outline } from './estimator.ts'
import type { Draws, Factor, Problem, Reader, Term, Tree, Values } from './problem.ts'

export interface WeightedKlOptions {
  /** How much KL(q‖p) counts: β, or a function of the number of the step, from 0 on, for a warm-up; 1, if not given. */
  readonly weight?: number | ((step: Tensor) => Tensor)
  /**
   * How many nats of KL(q‖p) each latent has free, in the mean over elements of its plates: below that it is not pressed down any
   * further. 0, if not given.
   */
  readonly freeBits?: number
}

/**
 * An estimator of E_q[log p(x | z)] − β·KL(q(z) ‖ p(z)) in place of the ELBO, where β may rise from step to step, and nothing is won
 * by a divergence below the free bits: both keep latents in use that a decoder could do without.
 *
 * log p(x, z) is changed alone, by (1 − β)(log q(z) − log p(z)): log q stays what draws have, so that every unbiased estimator of the
 * ELBO stays one, for the mean of the score is 0. Put it within `analyticKl`, not around it.
 *
 * @param estimator any of the ELBO.
 * @throws DomainError for one of another bound, and options that are no numbers ≥ 0.
 * @see Higgins et al., beta-VAE (ICLR 2017); Bowman et al., Generating Sentences from a Continuous Space (2016); Kingma et al.,
 *   Improved Variational Inference with Inverse Autoregressive Flow (NeurIPS 2016), appendix C.8.
 *
 * @example
 * ```ts
 * import { reparameterization, weightedKl } from '@variate/estimators'
 *
 * weightedKl(reparameterization(), { weight: 4 }).name // => 'weightedKl(reparameterization)'
 * weightedKl(reparameterization(), { weight: -1 }) // => throws 'weight must be a number ≥ 0'
 * ```
 */
export function weightedKl<Needs extends Draws>(
  estimator: Estimator<Needs>,
  { weight = 1, freeBits = 0 }: WeightedKlOptions = {},
): Estimator<Needs> {
  checkMeanOfLogs('weightedKl', estimator)
  for (const [name, x] of Object.entries({ weight, freeBits })) {
    if (typeof x === 'function' || (Number.isFinite(x) && x >= 0)) continue
    throw new DomainError(`weightedKl: ${name} must be a number ≥ 0, got ${shown(x)}`)
  }
  return {
    name: `weightedKl(${estimator.name})`,
    needs: estimator.needs,
    particles: estimator.particles,
    isUnbiased: estimator.isUnbiased,
    init: (outline, who) => ({
      step: new NdArray(Float64Array.of(0), []),
      own: estimator.init(withShares(outline), who),
    }),
    estimate: (problem, parameters, key, state) => {
      const { step, own } = state as { readonly step: Tensor; readonly own: Tree }
      const beta = typeof weight === 'number' ? weight : weight(step)
      const estimate = estimator.estimate(weighted(problem, beta, freeBits), parameters, key, own)
      return { ...estimate, state: { step: add(step, 1), own: estimate.state } }
    },
  }
}

/** The term that stands for what of log q does not count. */
const shareOf = ({ name }: Factor): string => `${name}\0share`

function withShares<Of extends Pick<Outline, 'factors' | 'terms'>>(problem: Of): Of {
  const termOf = (factor: Factor): Term => {
    const { scale } = problem.terms.find(({ name }) => name === factor.sites[0])!
    return { name: shareOf(factor), plates: factor.plates, scale }
  }
  const factors = problem.factors.map((factor): Factor => {
    const own: Reader = { name: shareOf(factor), aligned: factor.plates }
    const others = factor.factors.map(({ name, aligned }) => ({ name: `${name}\0share`, aligned }))
    return { ...factor, terms: [...factor.terms, own, ...others] }
  })
  return { ...problem, factors, terms: [...problem.terms, ...problem.factors.map(termOf)] }
}

function weighted(problem: Problem, beta: Real, freeBits: number): Problem {
  return {
    ...withShares(problem),
    logP: (parameters, values, options) => {
      const logP = problem.logP(parameters, values, options)
      const logQ = problem.logQ(parameters, values, options)
      const changed = problem.factors.map((factor) => ofFactor(factor, logP, logQ, beta, freeBits))
      return Object.assign({}, logP, ...changed) as Values
    },
  }
}

/** The terms of a factor's latents, as far as they count, and its share. */
function ofFactor(factor: Factor, logP: Values, logQ: Values, beta: Real, freeBits: number): Values {
  const { name, sites, plates, scale } = factor
  const own = [...sites, `${name}\0reverse`].filter((term) => logP[term])
  const zero = fill(logQ[name]!.shape, 0)
  // Where the divergence stands for the prior, log q does not count already.
  const counted = scale === 0 ? zero : logQ[name]!
  const prior = own
    .map((term) => overEvent(logP[term]!, plates.length))
    .reduce((total, x) => add(total, x), zero)
  const isAbove = freeBits === 0 ? 1 : where(greater(stopGradient(mean(sub(counted, prior))), freeBits), 1, 0)
  const weight = mul(beta, isAbove)
  const free = mul(mul(beta, sub(1, isAbove)), freeBits)
  return {
    ...Object.fromEntries(own.map((term) => [term, mul(weight, logP[term]!) as Tensor])),
    [shareOf(factor)]: sub(mul(sub(1, weight), counted), free) as Tensor,
  }
}

function overEvent(x: Tensor, plates: number): Tensor {
  const axes = x.shape.map((_, axis) => axis).slice(plates)
  return axes.length === 0 ? x : sum(x, axes)
}
