import { NdArray } from '@variate/core'
import type { Data } from '@variate/language'
import { mapped, squaredDeviations, weightedMean } from '../monteCarlo/weightedPosterior.ts'
import { drawsOf } from './drawsOf.ts'
import { checkedLogWeights } from './logWeights.ts'
import { psis, type Psis } from './psis.ts'

type Numbers<Names extends string> = Readonly<Record<Names, NdArray<Float64Array>>>

/** Posterior moments by weighted draws, number by number, with what the draws leave uncertain of them. */
export interface ImportanceCorrected<Names extends string> extends Psis {
  readonly mean: Numbers<Names>
  readonly sd: Numbers<Names>
  /** Monte-Carlo standard errors of the means and the standard deviations. */
  readonly standardErrors: { readonly mean: Numbers<Names>; readonly sd: Numbers<Names> }
}

const WHO = 'importanceCorrected'

/**
 * Means and standard deviations of the posterior by draws of an approximation, weighted with Pareto-smoothed weights. Where
 * `reliability` is good they are right within their standard errors, whatever the approximation leaves out.
 *
 * @param draws for each site an array with the draws along its first axis.
 * @param logWeights log p(data, z) − log q(z) of each draw, up to a constant.
 * @throws DomainError and ShapeError for draws and weights that are not as many, or no numbers; NumericalError where all weights are 0.
 * @see Owen, Monte Carlo theory, methods and examples (2013), section 9.2, for the standard errors; those of standard deviations
 *   by the delta method.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { importanceCorrected, importanceSampling } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const one = model('one')
 *   .latent('z', normal(0, 1))
 *   .observed('x', ({ z }) => normal(z, 1))
 * const fit = await importanceSampling(one).fit({ x: 2 }, { seed: 0 })
 * const { mean, standardErrors, reliability } = importanceCorrected(fit.posterior.draws, fit.logWeights)
 * Math.abs(mean.z.at() - 1) < 3 * standardErrors.mean.z.at() // => true
 * reliability // => 'good'
 * ```
 */
export function importanceCorrected<const Names extends string>(
  draws: Readonly<Record<Names, Data>>,
  logWeights: ArrayLike<number>,
): ImportanceCorrected<Names> {
  const { count, arrays } = drawsOf(draws, WHO)
  const weighted = psis(checkedLogWeights(logWeights, WHO, count))
  const weights = weighted.logWeights.map(Math.exp)
  const squares = weights.map((w) => w * w)
  const mean = mapped(arrays, (x) => weightedMean(x, weights))
  const deviations = mapped(arrays, (x, name) => squaredDeviations(x, mean[name]!))
  const variance = mapped(deviations, (x) => weightedMean(x, weights))
  const sd = mapped(variance, root)
  const ofVariance = mapped(deviations, (x, name) =>
    root(weightedMean(squaredDeviations(x, variance[name]!), squares)),
  )
  return {
    ...weighted,
    mean,
    sd,
    standardErrors: {
      mean: mapped(deviations, (x) => root(weightedMean(x, squares))),
      sd: mapped(ofVariance, ({ data, shape }, name) => {
        const own = sd[name]!.data
        return new NdArray(
          Float64Array.from(data, (error, i) => (own[i] === 0 ? 0 : error / (2 * own[i]!))),
          shape,
        )
      }),
    },
  } as ImportanceCorrected<Names>
}

function root({ data, shape }: NdArray): NdArray<Float64Array> {
  return new NdArray(Float64Array.from(data, Math.sqrt), shape)
}
