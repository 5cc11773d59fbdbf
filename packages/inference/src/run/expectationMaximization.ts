import { NumericalError, type Key } from '@variate/core'
import type { Algorithm } from './algorithm.ts'

/**
 * A latent-variable model with complete-data sufficient statistics, as expectation maximisation sees it.
 * Statistics are additive over blocks of data, so that blocks can be streamed or spread over machines.
 */
export interface LatentVariableModel<Parameters, Statistics> {
  /** Parameters to start from. */
  initialize(key: Key): Parameters
  /** E-step: the expected sufficient statistics under q(z) = p(z | x, θ), and log p(x | θ) in nats. */
  expectation(parameters: Parameters): Expectation<Statistics>
  /** M-step: the θ that maximises E_q[log p(x, z | θ)] + log p(θ); a `Breakdown` where there is none. */
  maximization(statistics: Statistics, parameters: Parameters): Parameters | Breakdown
  /** E_q[log p(x, z | θ)] in nats, by the statistics alone. */
  expectedLogJoint(statistics: Statistics, parameters: Parameters): number
  /** log p(θ) in nats up to a constant; absent for maximum likelihood. */
  logPrior?(parameters: Parameters): number
  /**
   * What rounding may move the objective by at these parameters, nats per observation, where that is more than
   * for a plain sum: an ill-conditioned covariance, say. A smaller fall is not taken for an error.
   */
  resolution?(parameters: Parameters): number
  /** How far two parameter values are apart, relative to their size; for convergence by parameters. */
  distance(before: Parameters, after: Parameters): number
}

export interface Expectation<Statistics> {
  readonly statistics: Statistics
  /** log p(x | θ) in nats. */
  readonly logLikelihood: number
  /** The number of observations, or the sum of their weights. */
  readonly weight: number
}

/** An M-step without a solution: a component that collapsed on one point, say. */
export class Breakdown {
  /** What broke down, as a person would name it: `component 2: …`. */
  readonly site: string

  constructor(site: string) {
    this.site = site
  }
}

/** θ with its E-step already done, so that the log-likelihood always belongs to the parameters beside it. */
export interface EmState<Parameters, Statistics> extends Expectation<Statistics> {
  readonly parameters: Parameters
  readonly logPrior: number
}

/** Where the coordinate ascent on L(q, θ) = E_q[log p(x, z, θ)] + H(q) stands after a step. */
export interface EmInfo {
  /** log p(x | θ), nats. */
  readonly logLikelihood: number
  /** log p(θ) up to a constant, nats; 0 without a prior. */
  readonly logPrior: number
  /** L after the M-step, with q still that of the last θ: between the old and the new log-likelihood + log-prior. */
  readonly elboAfterMaximization: number
  /** L after the E-step, where it touches log-likelihood + log-prior. */
  readonly elbo: number
  /** −elbo. */
  readonly freeEnergy: number
  /** By how much the step raised the elbo, nats per observation. */
  readonly gain: number
  /** How far the parameters moved, relative to their size. */
  readonly distance: number
  /** What broke down, where something did. */
  readonly breakdown?: string
}

/** What rounding may take from an objective that is a sum over the data: nats for each observation and each nat. */
const ROUNDING = 1e-11

/**
 * Expectation maximisation: coordinate ascent on the ELBO, over q in the E-step and θ in the M-step, so that
 * the log-likelihood (with a prior: the log posterior) never falls. That is checked at every step; a fall
 * beyond rounding means that an E- or M-step is wrong, and ends the run as a breakdown.
 *
 * Dempster, Laird & Rubin (1977); Neal & Hinton, "A view of the EM algorithm that justifies incremental,
 * sparse, and other variants" (1998).
 */
export function expectationMaximization<Parameters, Statistics>(
  model: LatentVariableModel<Parameters, Statistics>,
): Algorithm<EmState<Parameters, Statistics>, EmInfo> {
  type State = EmState<Parameters, Statistics>

  const expectation = (parameters: Parameters): State => ({
    parameters,
    logPrior: model.logPrior?.(parameters) ?? 0,
    ...model.expectation(parameters),
  })

  return {
    init(key) {
      const state = expectation(model.initialize(key))
      if (Number.isFinite(objective(state))) return state
      throw new NumericalError(
        `expectationMaximization: the objective of the starting parameters is ${objective(state)}, it must be finite`,
      )
    },

    step(_key, state) {
      const { statistics, parameters } = state
      const maximum = model.maximization(statistics, parameters)
      if (maximum instanceof Breakdown) return [state, brokenDown(state, maximum.site)]

      // H(q) is what the E-step's log-likelihood has beyond the expected log joint, for there the bound is tight.
      const entropy = state.logLikelihood - model.expectedLogJoint(statistics, parameters)
      const next = expectation(maximum)
      const elboAfterMaximization = model.expectedLogJoint(statistics, maximum) + next.logPrior + entropy
      const [before, elbo] = [objective(state), objective(next)]
      const gain = (elbo - before) / state.weight
      const rounding = ROUNDING * Math.max(1, Math.abs(before) / state.weight)
      if (!(gain >= -Math.max(rounding, model.resolution?.(maximum) ?? 0))) {
        const what = Number.isNaN(gain) ? 'became NaN' : `fell by ${before - elbo} nats`
        return [state, brokenDown(state, `log-likelihood: it ${what}`)]
      }
      const distance = model.distance(parameters, maximum)
      const { logLikelihood, logPrior } = next
      return [
        next,
        { logLikelihood, logPrior, elboAfterMaximization, elbo, freeEnergy: -elbo, gain, distance },
      ]
    },
  }
}

function objective({ logLikelihood, logPrior }: { logLikelihood: number; logPrior: number }): number {
  return logLikelihood + logPrior
}

function brokenDown(state: EmState<unknown, unknown>, breakdown: string): EmInfo {
  const elbo = objective(state)
  const { logLikelihood, logPrior } = state
  return {
    logLikelihood,
    logPrior,
    elboAfterMaximization: elbo,
    elbo,
    freeEnergy: -elbo,
    gain: 0,
    distance: 0,
    breakdown,
  }
}
