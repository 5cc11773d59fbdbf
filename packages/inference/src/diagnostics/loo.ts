import { special } from '@variate/core'
import type { Data, Model, ModelTypes } from '@variate/language'
import type { Known } from '../monteCarlo/proposed.ts'
import {
  elpdText,
  pointColumns,
  summed,
  type ExpectedLogDensity,
  type LogDensityOptions,
} from './expectedLogDensity.ts'
import { elementText } from './elementText.ts'
import { logLikelihoodOf } from './logLikelihoodOf.ts'
import type { DrawsOf } from './pointwiseLogLikelihood.ts'
import { smoothedWeights } from './psis.ts'
import { kText, largestGood, reliabilityOf } from './reliability.ts'

/** The expected log density by leaving out each observation once. */
export interface Loo extends ExpectedLogDensity {
  readonly criterion: 'loo'
  /** For each observation the Pareto shape of the weights that leave it out. */
  readonly kHat: Float64Array
}

/** Of so many observations each is named in a warning, of the others how many there are. */
const MOST_NAMED = 10

/**
 * How well a model predicts each observation from all others, by Pareto-smoothed importance sampling: draws of the posterior are
 * weighted with 1 / p(observation | latents), which leaves it out, without another fit. Observations that the posterior depends on
 * too much for that are named.
 *
 * @param draws of all latents, such as `posterior.sample` gives.
 * @param given observations, inputs, parameters and networks; each element of an observed site is one observation.
 * @param options `logWeights` where the draws are of an approximation.
 * @throws DomainError and ShapeError for draws and data that do not fit, which name the site; NumericalError for an observation
 *   that is impossible in a draw.
 * @see Vehtari, Gelman and Gabry, Practical Bayesian model evaluation using leave-one-out cross-validation and WAIC (Statistics
 *   and Computing 2017); Magnusson, Andersen, Jonasson and Vehtari, Bayesian leave-one-out cross-validation for large data
 *   (ICML 2019), for draws of approximations.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { enumeration, loo } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const points = model('points')
 *   .latent('mu', normal(0, 10))
 *   .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
 * const data = { x: [-0.3, 0.6, 1.1, -0.8, 4.5] }
 * const { posterior } = await enumeration(points).fit(data)
 * const { elpd, pointwise, points: which } = await loo(points, await posterior.sample(4000, { seed: 0 }), data)
 * elpd // => -15.9
 * which[pointwise.indexOf(Math.min(...pointwise))] // => { site: 'x', element: [4] }
 * ```
 */
export async function loo<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  draws: DrawsOf<Types>,
  given: Known<Types>,
  options: LogDensityOptions = {},
): Promise<Loo> {
  return looBy(logLikelihoodOf(model.program, draws, given as never, 'loo'), options, 'loo')
}

/**
 * The same by log likelihoods, from wherever they are.
 *
 * @param logLikelihood for each site its log density in each draw, [draws, ...], as `pointwiseLogLikelihood` gives it; elements
 *   that are NaN in all draws are missing.
 * @throws DomainError where there are no observations; NumericalError for a log density that is NaN or infinite in a draw.
 *
 * @example
 * ```ts
 * import { looOf } from '@variate/inference'
 *
 * // Two observations by 100 draws.
 * const x = Array.from({ length: 100 }, (_, i) => [-1 - i / 100, -2 + i / 200])
 * looOf({ x }).elpd // => -3.300
 * ```
 */
export function looOf(logLikelihood: Readonly<Record<string, Data>>, options: LogDensityOptions = {}): Loo {
  return looBy(logLikelihood, options, 'looOf')
}

function looBy(logLikelihood: object, options: LogDensityOptions, who: string): Loo {
  const { count, columns, raw, smoothed } = pointColumns(logLikelihood, options, who)
  const pointwise = new Float64Array(columns.length)
  const kHat = new Float64Array(columns.length)
  let lppd = 0
  for (const [i, { logs }] of columns.entries()) {
    const without = smoothedWeights(raw.map((x, row) => x - logs[row]!))
    kHat[i] = without.kHat
    pointwise[i] = special.logSumExp(without.smoothed.map((x, row) => x + logs[row]!))
    lppd += special.logSumExp(smoothed.map((x, row) => x + logs[row]!))
  }
  const { total, standardError } = summed(pointwise)
  const points = columns.map(({ point }) => point)
  const own = {
    criterion: 'loo' as const,
    elpd: total,
    standardError,
    effectiveParameters: lppd - total,
    points,
    warnings: warningsOf(points, kHat, count),
  }
  return { ...own, pointwise, kHat, toString: () => elpdText(own, count) }
}

function warningsOf(points: Loo['points'], kHat: Float64Array, count: number): readonly string[] {
  if (reliabilityOf(0, count) === 'unknown')
    return [
      `${count} draws are too few to tell how much the posterior depends on each observation: pass hundreds`,
    ]
  const largest = largestGood(count)
  const heavy = [...points.keys()].filter((i) => kHat[i]! > largest).toSorted((i, j) => kHat[j]! - kHat[i]!)
  const named = heavy.slice(0, MOST_NAMED).map((i) => {
    const { site, element } = points[i]!
    return (
      `${elementText(site, element)}: leaving it out changes the posterior too much for these draws (k̂ = ${kText(kHat[i]!)}, above ` +
      `${largest.toFixed(2)}), and its log density is not to be relied upon: look at the observation, fit again without it, or take ` +
      'a model that is less surprised by it'
    )
  })
  const rest = heavy.length - named.length
  return rest > 0 ? [...named, `${rest} more observations have k̂ above ${largest.toFixed(2)}`] : named
}
