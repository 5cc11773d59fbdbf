import { NumericalError } from '@variate/core'
import type { Model, ModelTypes, Randomness } from '@variate/language'
import { logProbsOf, type Bound } from '@variate/language/internal'
import { annealing } from './annealing.ts'
import { checkWhole, rowAt } from './checks.ts'
import { keyFrom } from '../keyFrom.ts'
import { paretoShape } from './paretoShape.ts'
import { powersOf } from './powersOf.ts'
import { proposed, type Known } from './proposed.ts'
import { tailWarning } from './tailWarning.ts'
import { weightedPosterior, type WeightedPosterior } from './weightedPosterior.ts'
import { summaryOf } from './weights.ts'

export interface AnnealedImportanceSamplingOptions {
  /** How many independent runs from the prior to the posterior; 200, if not given. */
  readonly particles?: number
  /** How many steps a run has, or the powers of the likelihood themselves, from 0 to 1; 400, if not given. */
  readonly temperatures?: number | readonly number[]
  /** How many leaps each move of Hamiltonian Monte Carlo has; 5, if not given. */
  readonly leaps?: number
}

export interface AnnealedFit<Types> {
  /** The estimate of log p(data), in nats. That of p(data) is unbiased; its logarithm is too low by half its variance. */
  readonly logEvidence: number
  /** The standard error of the log evidence, by the delta method. */
  readonly standardError: number
  /** (Σ w)² / Σ w². */
  readonly effectiveSampleSize: number
  readonly logWeights: Float64Array
  /** The shape of the weights' tail: above 0.7 neither the estimate nor its standard error can be relied upon; ∞ for 20 weights or fewer, which do not tell. */
  readonly kHat: number
  /** The mean probability with which moves were accepted, at each power of the likelihood but 0. */
  readonly acceptance: Float64Array
  readonly posterior: WeightedPosterior<Types>
  /** What is to be feared, in sentences that name the site. */
  readonly warnings: readonly string[]
}

export interface AnnealedImportanceSampling<Types> {
  /**
   * Takes particles from the prior to the posterior.
   *
   * @param given observations, inputs, parameters and networks.
   * @param options where the random numbers come from: the same seed gives the same fit.
   * @throws DomainError and ShapeError for data that do not fit; UnsupportedError for latents that are discrete; NumericalError
   *   where a weight is NaN, which names the site, and where all are 0.
   */
  fit(given: Known<Types>, options: Randomness): Promise<AnnealedFit<Types>>
}

const WHO = 'annealedImportanceSampling'

/**
 * The evidence of a model with continuous latents by annealing: particles are drawn from the prior and go to the posterior through
 * prior · likelihood^β, β rising from 0 to 1, by moves of Hamiltonian Monte Carlo in unconstrained space; their weights' mean
 * estimates p(data). It takes what sampling from the prior cannot do: many latents, and data that say much of them.
 *
 * @param model the model; what it is conditioned on is known.
 * @throws DomainError for options out of range.
 * @see Neal, Annealed importance sampling (Statistics and Computing 2001).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { annealedImportanceSampling, enumeration } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const points = model('points').plate('point', 20, (i) =>
 *   i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 0.1)),
 * )
 * const x = Array.from({ length: 20 }, (_, i) => Math.sin(i))
 * const { logEvidence } = await enumeration(points).fit({ x })
 * const fit = await annealedImportanceSampling(points).fit({ x }, { seed: 0 })
 * Math.abs(fit.logEvidence - logEvidence) < 3 * fit.standardError // => true
 * ```
 */
export function annealedImportanceSampling<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  { particles: count = 200, temperatures = 400, leaps = 5 }: AnnealedImportanceSamplingOptions = {},
): AnnealedImportanceSampling<Types> {
  const { program } = model
  const who = `model "${program.name}": ${WHO}`
  checkWhole(who, 'particles', count, 2)
  checkWhole(who, 'leaps', leaps, 1)
  const powers = powersOf(who, temperatures)
  let last: { readonly sizes: string; readonly run: ReturnType<typeof annealing> } | undefined
  /** What is compiled for the sizes of some data: made once as long as they stay. */
  const runFor = (bound: Bound): ReturnType<typeof annealing> => {
    const sizes = JSON.stringify([[...bound.sizes], Object.keys(bound.present)])
    if (last?.sizes !== sizes) last = { sizes, run: annealing(bound, { powers, leaps, who }) }
    return last.run
  }
  return {
    fit: async (given, options) => {
      const key = keyFrom(who, options)
      const data = given as Readonly<Record<string, unknown>>
      const { model: bound } = proposed(program, undefined, data, who)
      const { values, logWeights, acceptance } = runFor(bound)(bound, key, count)
      const bad = logWeights.findIndex((x) => Number.isNaN(x) || x === Infinity)
      if (bad >= 0) {
        const row = Object.fromEntries(Object.entries(values).map(([name, x]) => [name, rowAt(x, bad)]))
        logProbsOf(program, { ...data, ...row }, WHO)
        throw new NumericalError(
          `${who}: the weight of particle ${bad} is ${logWeights[bad]} on the way from the prior`,
        )
      }
      if (logWeights.every((x) => x === -Infinity))
        throw new NumericalError(
          `${who}: all ${count} particles have weight 0: the data cannot be, or pass more particles`,
        )
      const { logMean, relativeError, effectiveSampleSize } = summaryOf(logWeights)
      const kHat = paretoShape(logWeights)
      const warning = tailWarning(program, values, logWeights, {
        kHat,
        effectiveSampleSize,
        origin: 'annealing',
      })
      return {
        logEvidence: logMean,
        standardError: relativeError,
        effectiveSampleSize,
        logWeights,
        kHat,
        acceptance,
        posterior: weightedPosterior(values, logWeights, who) as unknown as WeightedPosterior<Types>,
        warnings: warning === undefined ? [] : [warning],
      }
    },
  }
}
