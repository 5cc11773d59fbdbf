import { foldIn, NumericalError } from '@variate/core'
import type { Guide, Model, ModelTypes, Randomness } from '@variate/language'
import { placeOf, type Program } from '@variate/language/internal'
import { checkNumbers, checkWhole } from './checks.ts'
import { keyFrom } from '../keyFrom.ts'
import { paretoShape } from './paretoShape.ts'
import { logWeightsOf, particlesOf, type Particles } from './particles.ts'
import { proposed, type Fitting, type Known, type OwnOf } from './proposed.ts'
import { tailWarning } from './tailWarning.ts'
import { uncovered } from './uncovered.ts'
import { weightedPosterior, type WeightedPosterior } from './weightedPosterior.ts'
import { summaryOf } from './weights.ts'

export interface ImportanceSamplingOptions<
  Types extends ModelTypes = ModelTypes,
  Guided extends ModelTypes = ModelTypes,
> {
  /** What the latents are drawn from; the prior, if not given. */
  readonly proposal?: Guide<Types, Guided> & Fitting<Types, Guided>
  /** How many draws of the latents; 10,000, if not given. */
  readonly particles?: number
}

export interface ImportanceFit<Types> {
  /** The estimate of log p(data), in nats. That of p(data) is unbiased; its logarithm is too low by half its variance. */
  readonly logEvidence: number
  /** The standard error of the log evidence, by the delta method: that of the evidence over the evidence. */
  readonly standardError: number
  /** The estimate of p(data) and its standard error; both 0 where no number is so small. */
  readonly evidence: { readonly value: number; readonly standardError: number }
  /** (Σ w)² / Σ w²: how many draws of the posterior the particles are worth. */
  readonly effectiveSampleSize: number
  /** log p(data, z) − log q(z) of each particle, in nats. */
  readonly logWeights: Float64Array
  /** The shape of the weights' tail: above 0.7 neither the estimate nor its standard error can be relied upon; ∞ for 20 weights or fewer, which do not tell. */
  readonly kHat: number
  readonly posterior: WeightedPosterior<Types>
  /** What is to be feared, in sentences that name the site. */
  readonly warnings: readonly string[]
}

export interface ImportanceSampling<Types, Guided> {
  /**
   * Draws particles and weighs them.
   *
   * @param given observations, inputs, parameters and networks; those of the proposal as well.
   * @param options where the random numbers come from: the same seed gives the same fit.
   * @throws DomainError and ShapeError for data that do not fit; NumericalError where a draw or a weight is NaN, which names the
   *   site, and where all weights are 0.
   */
  fit(given: Known<Types> & OwnOf<Types, Guided>, options: Randomness): Promise<ImportanceFit<Types>>
}

const WHO = 'importanceSampling'

/**
 * The evidence of a model by draws of its latents from a proposal, the prior if not given: each is weighed with
 * p(data, z) / q(z), and the mean weight estimates p(data).
 *
 * @param model the model; what it is conditioned on is known.
 * @throws DomainError for a number of particles that is no whole number ≥ 2.
 * @see Owen, Monte Carlo theory, methods and examples (2013), chapter 9.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gather } from '@variate/core/ops'
 * import { categorical, normal } from '@variate/distributions'
 * import { importanceSampling } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const mixture = model('bayesian mixture')
 *   .plate('component', 2, (k) => k.latent('mu', normal(0, 3)))
 *   .plate('point', 'n', (i) =>
 *     i
 *       .latent('c', categorical({ probs: [0.5, 0.5] }))
 *       .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
 *   )
 * const byPrior = importanceSampling(mixture, { particles: 20_000 })
 * const fit = await byPrior.fit({ x: [-3.1, -2.6, 2.2, 3.4] }, { seed: 0 })
 * Math.abs(fit.logEvidence - -9.9617) < 3 * fit.standardError // => true
 * const joint = await fit.posterior.sample(100, { seed: 1 })
 * joint.mu.shape // => [100, 2]
 * ```
 */
export function importanceSampling<
  Types extends ModelTypes,
  Plates extends string,
  Guided extends ModelTypes = Types,
>(
  model: Model<Types, Plates>,
  { proposal, particles: count = 10_000 }: ImportanceSamplingOptions<Types, Guided> = {},
): ImportanceSampling<Types, Guided> {
  const { program } = model
  const who = `model "${program.name}": ${WHO}`
  checkWhole(who, 'particles', count, 2)
  const draw = particlesOf(program, who)
  return {
    fit: async (given, options) => {
      const key = keyFrom(who, options)
      const data = given as Readonly<Record<string, unknown>>
      const both = proposed(program, proposal?.program, data, who)
      const particles = draw(both, foldIn(key, 0), count)
      checkNumbers(program, data, particles, WHO)
      const logWeights = logWeightsOf(particles)
      checkPossible(program, particles, logWeights, who)
      const { logMean, relativeError, effectiveSampleSize } = summaryOf(logWeights)
      const value = Math.exp(logMean)
      const kHat = paretoShape(logWeights)
      const warning = tailWarning(program, particles.values, logWeights, {
        kHat,
        effectiveSampleSize,
        origin: proposal ? 'guide' : 'prior',
      })
      return {
        logEvidence: logMean,
        standardError: relativeError,
        evidence: { value, standardError: value * relativeError },
        effectiveSampleSize,
        logWeights,
        kHat,
        posterior: weightedPosterior(
          particles.values,
          logWeights,
          who,
        ) as unknown as WeightedPosterior<Types>,
        warnings: [
          ...(proposal
            ? uncovered(program, both, (of, many) => draw(both, of, many, 'prior'), foldIn(key, 1))
            : []),
          ...(warning === undefined ? [] : [warning]),
        ],
      }
    },
  }
}

/** @throws NumericalError where all weights are 0, which names the site that is to blame most often. */
function checkPossible(
  program: Program,
  { count, logs }: Particles,
  logWeights: Float64Array,
  who: string,
): void {
  if (logWeights.some((x) => x !== -Infinity)) return
  const [first] = program.declarations
    .filter(({ name }) => logs[name])
    .map((site) => ({ site, impossible: logs[site.name]!.filter((x) => x === -Infinity).length }))
    .toSorted((a, b) => b.impossible - a.impossible)
  throw new NumericalError(
    `${who}: all ${count} particles have weight 0: ${placeOf(first!.site)} has probability 0 in ${first!.impossible} of them: ` +
      'check the data, or pass a proposal or more particles',
  )
}
