import { foldIn, NumericalError, DomainError } from '@variate/core'
import type { Guide, Model, ModelTypes, Randomness } from '@variate/language'
import { checkNumbers, checkWhole } from './checks.ts'
import { keyFrom } from '../keyFrom.ts'
import { exactElbo } from './exactElbo.ts'
import { gradientOf, type ObjectiveGradient } from './objective.ts'
import { paretoShape } from './paretoShape.ts'
import { logWeightsOf, particlesOf } from './particles.ts'
import { proposed, type Fitting, type Known, type OwnOf, type ParametersOf } from './proposed.ts'
import { tailWarning } from './tailWarning.ts'
import { uncovered } from './uncovered.ts'
import { summaryOf } from './weights.ts'

export interface ElboOptions {
  /** How many draws of the guide an estimate takes, at least twice `draws`; 1,000, if not given. */
  readonly particles?: number
  /**
   * Of how many draws each the logarithm of a mean weight is taken: 1, if not given, which is the ELBO; with more the bound is
   * higher, and comes to the log evidence.
   */
  readonly draws?: number
}

export interface ElboEstimate {
  /** The estimate of the bound, in nats. It is unbiased. */
  readonly elbo: number
  readonly standardError: number
  /** The shape of the weights' tail: above 0.7 the guide is too thin where the posterior is; ∞ for 20 weights or fewer, which do not tell. */
  readonly kHat: number
  /** What is to be feared, in sentences that name the site. */
  readonly warnings: readonly string[]
}

export interface GradientOptions {
  /** How many independent gradients the variance is that of; 100, if not given. */
  readonly repeats?: number
}

export interface Elbo<Types, Guided> {
  /**
   * The bound by draws of the guide.
   *
   * @param given observations, inputs, parameters and networks of the model and the guide.
   * @param options where the random numbers come from.
   * @throws DomainError and ShapeError for data that do not fit, and a guide that does not fit the model; DomainError for fewer
   *   particles than twice `draws`; NumericalError where a draw or a log probability is NaN, or the bound is −∞, which names the
   *   site.
   */
  estimate(given: Known<Types> & OwnOf<Types, Guided>, options: Randomness): Promise<ElboEstimate>
  /**
   * Its gradient in all parameters of the model and the guide by reparameterization, and how much that varies. Networks stay as
   * they are.
   *
   * @param given as for `estimate`.
   * @throws UnsupportedError for a guide with parameters whose draws are not differentiable; as `estimate`.
   */
  gradient(
    given: Known<Types> & OwnOf<Types, Guided>,
    options: Randomness & GradientOptions,
  ): Promise<ObjectiveGradient<ParametersOf<Types> | ParametersOf<Guided>>>
  /**
   * The ELBO without random numbers: sums over discrete latents, and quadrature over the quantiles of continuous ones, of all
   * combinations.
   *
   * @param given as for `estimate`.
   * @throws UnsupportedError for latents without quantiles, for too many combinations, with their number, and where quadrature with
   *   two numbers of nodes differs by more than 1e-6: of densities with kinks, and of bounds that are −∞.
   */
  exact(given: Known<Types> & OwnOf<Types, Guided>): Promise<number>
}

const WHO = 'elbo'

/**
 * The evidence lower bound, E_q[log p(data, z) − log q(z)] = log p(data) − KL(q ‖ p(z | data)); with several draws the bound of
 * importance-weighted autoencoders, E[log (1/k) Σ p(data, zᵢ) / q(zᵢ)].
 *
 * @param model the model.
 * @param guide a distribution of all its latents.
 * @throws DomainError for options out of range.
 * @see Burda, Grosse and Salakhutdinov, Importance Weighted Autoencoders (ICLR 2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { elbo, enumeration } from '@variate/inference'
 * import { guide, model, positive, real } from '@variate/language'
 *
 * const point = model('point')
 *   .latent('z', normal(0, 1))
 *   .observed('x', ({ z }) => normal(z, 1))
 * const q = guide(point)
 *   .param('loc', real())
 *   .param('scale', positive())
 *   .latent('z', ({ loc, scale }) => normal(loc, scale))
 * const given = { x: 2, loc: 0.5, scale: 1 }
 * const bound = await elbo(point, q).exact(given)
 * const { logEvidence } = await enumeration(point).fit({ x: 2 })
 * bound // => -2.6689
 * logEvidence - bound // => 0.4034
 * const { elbo: estimate, standardError } = await elbo(point, q).estimate(given, { seed: 0 })
 * Math.abs(estimate - bound) < 3 * standardError // => true
 * const { gradient } = await elbo(point, q, { particles: 100 }).gradient(given, { seed: 0 })
 * gradient.loc.at() > 0 // => true
 * ```
 */
export function elbo<Types extends ModelTypes, Plates extends string, Guided extends ModelTypes>(
  model: Model<Types, Plates>,
  guide: Guide<Types, Guided> & Fitting<Types, Guided>,
  { particles = 1000, draws: group = 1 }: ElboOptions = {},
): Elbo<Types, Guided> {
  const { program } = model
  const who = `model "${program.name}": ${WHO}`
  checkWhole(who, 'draws', group, 1)
  checkWhole(who, 'particles', particles, 1)
  if (particles % group !== 0)
    throw new DomainError(`${who}: particles must be a multiple of draws, ${group}, got ${particles}`)
  const draw = particlesOf(program, who)
  const check = (given: object) =>
    proposed(program, guide.program, given as Readonly<Record<string, unknown>>, who)
  return {
    estimate: async (given, options) => {
      const key = keyFrom(who, options)
      if (particles < 2 * group) {
        throw new DomainError(
          `${who}: an estimate needs at least 2 bounds of ${group} draws each for its standard error, got ${particles} particles`,
        )
      }
      const both = check(given)
      const drawn = draw(both, foldIn(key, 0), particles)
      checkNumbers(program, given as Readonly<Record<string, unknown>>, drawn, WHO)
      const logWeights = logWeightsOf(drawn)
      const bounds = Float64Array.from(
        { length: particles / group },
        (_, i) => summaryOf(logWeights.subarray(i * group, (i + 1) * group)).logMean,
      )
      const mean = bounds.reduce((a, b) => a + b, 0) / bounds.length
      if (mean === -Infinity) throw impossible(drawn.logs, who)
      const spread = bounds.reduce((sum, x) => sum + (x - mean) ** 2, 0)
      const kHat = paretoShape(logWeights)
      const warning = tailWarning(program, drawn.values, logWeights, { kHat, origin: 'guide' })
      return {
        elbo: mean,
        standardError: Math.sqrt(spread / (bounds.length - 1) / bounds.length),
        kHat,
        warnings: [
          ...uncovered(program, both, (of, count) => draw(both, of, count, 'prior'), foldIn(key, 1)),
          ...(warning === undefined ? [] : [warning]),
        ],
      }
    },
    gradient: async (given, options) => {
      const { repeats = 100 } = options
      checkWhole(who, 'repeats', repeats, 2)
      return gradientOf(program, check(given), keyFrom(who, options), { particles, group }, repeats, who)
    },
    exact: async (given) => {
      const both = check(given)
      return exactElbo({ model: both.model, guide: both.guide! }, who)
    },
  }
}

function impossible(logs: Readonly<Record<string, Float64Array>>, who: string): NumericalError {
  const [site] = Object.entries(logs).find(([, log]) => log.includes(-Infinity))!
  return new NumericalError(`${who}: the bound is −∞: site "${site}" has probability 0 at draws of the guide`)
}
