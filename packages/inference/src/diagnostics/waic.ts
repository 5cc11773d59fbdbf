import { special } from '@variate/core'
import type { Data, Model, ModelTypes } from '@variate/language'
import type { Known } from '../monteCarlo/proposed.ts'
import { elementText } from './elementText.ts'
import {
  elpdText,
  pointColumns,
  summed,
  type ExpectedLogDensity,
  type LogDensityOptions,
} from './expectedLogDensity.ts'
import { logLikelihoodOf } from './logLikelihoodOf.ts'
import type { DrawsOf } from './pointwiseLogLikelihood.ts'

/** The expected log density by the variances of log densities over the posterior. */
export interface Waic extends ExpectedLogDensity {
  readonly criterion: 'waic'
}

/** From this variance of its log density on WAIC is not to be relied upon for an observation. */
const LARGEST_VARIANCE = 0.4

/**
 * The widely applicable information criterion, on the scale of log densities: what `loo` estimates, by a formula instead of
 * weights, which does as well where the posterior depends little on each observation.
 *
 * @param draws of all latents, such as `posterior.sample` gives.
 * @param given observations, inputs, parameters and networks.
 * @param options `logWeights` where the draws are of an approximation.
 * @throws DomainError and ShapeError for draws and data that do not fit, which name the site; NumericalError for an observation
 *   that is impossible in a draw.
 * @see Watanabe, Asymptotic equivalence of Bayes cross validation and widely applicable information criterion (JMLR 2010); Vehtari,
 *   Gelman and Gabry (Statistics and Computing 2017), for the warning.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { enumeration, waic } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const points = model('points')
 *   .latent('mu', normal(0, 10))
 *   .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
 * const data = { x: [-0.3, 0.6, 1.1, -0.8, 4.5] }
 * const { posterior } = await enumeration(points).fit(data)
 * const { warnings } = await waic(points, await posterior.sample(4000, { seed: 0 }), data)
 * warnings.at(-1)!.startsWith('x[4]: its log density varies too much') // => true
 * ```
 */
export async function waic<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  draws: DrawsOf<Types>,
  given: Known<Types>,
  options: LogDensityOptions = {},
): Promise<Waic> {
  return waicBy(logLikelihoodOf(model.program, draws, given as never, 'waic'), options, 'waic')
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
 * import { waicOf } from '@variate/inference'
 *
 * // Two observations by 100 draws.
 * const x = Array.from({ length: 100 }, (_, i) => [-1 - i / 100, -2 + i / 200])
 * waicOf({ x }).elpd // => -3.300
 * ```
 */
export function waicOf(logLikelihood: Readonly<Record<string, Data>>, options: LogDensityOptions = {}): Waic {
  return waicBy(logLikelihood, options, 'waicOf')
}

function waicBy(logLikelihood: object, options: LogDensityOptions, who: string): Waic {
  const { count, columns, smoothed } = pointColumns(logLikelihood, options, who)
  const weights = smoothed.map(Math.exp)
  const variances = Float64Array.from(columns, ({ logs }) => {
    const mean = logs.reduce((sum, x, row) => sum + weights[row]! * x, 0)
    return logs.reduce((sum, x, row) => sum + weights[row]! * (x - mean) ** 2, 0)
  })
  const pointwise = Float64Array.from(
    columns,
    ({ logs }, i) => special.logSumExp(smoothed.map((x, row) => x + logs[row]!)) - variances[i]!,
  )
  const { total, standardError } = summed(pointwise)
  const own = {
    criterion: 'waic' as const,
    elpd: total,
    standardError,
    effectiveParameters: variances.reduce((a, b) => a + b, 0),
    points: columns.map(({ point }) => point),
    warnings: warningsOf(columns, variances),
  }
  return { ...own, pointwise, toString: () => elpdText(own, count) }
}

function warningsOf(
  columns: readonly { readonly point: Waic['points'][number] }[],
  variances: Float64Array,
): readonly string[] {
  return columns.flatMap(({ point }, i) =>
    variances[i]! > LARGEST_VARIANCE
      ? [
          `${elementText(point.site, point.element)}: its log density varies too much over the posterior (variance ` +
            `${variances[i]!.toFixed(2)}, above ${LARGEST_VARIANCE}) for WAIC: loo tells whether it can be left out`,
        ]
      : [],
  )
}
