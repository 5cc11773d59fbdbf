import type { Key, MatrixLike, NdArray, VectorLike } from '@variate/core'
import { requirePositive, settledOptions } from './checkOptions.ts'
import { designOf } from './design.ts'
import { exactLinear } from './exactLinear.ts'
import { checkFitOptions, fitRegression, type Problem } from './fitRegression.ts'
import type { LinearRegressionModel } from './linearRegressionModel.ts'
import type { LinearRegressionOptions, PredictOptions, RegressionFitOptions } from './options.ts'
import {
  estimate,
  logProbRows,
  predictRows,
  regressionFit,
  type RegressionEstimate,
  type RegressionInterval,
  type RegressionDraws,
  type RegressionFit,
  type RegressionPrediction,
} from './regressionFit.ts'
import { NORMAL, responses } from './response.ts'

export interface LinearRegressionPrediction extends RegressionPrediction {
  /** Of new observations, with their noise; the mean is the same. Arrays of shape [m]. */
  readonly observation: RegressionInterval<NdArray<Float64Array>> & { readonly sd: NdArray<Float64Array> }
}

export interface LinearRegressionFit extends RegressionFit {
  /** The standard deviation of the noise; its own is 0, where the noise is known. */
  readonly noise: RegressionEstimate<number>
  readonly posterior: {
    /** @throws DomainError unless count is a whole number ≥ 1. */
    sample(
      count: number,
      options?: { readonly seed?: number; readonly key?: Key },
    ): Promise<RegressionDraws & { readonly noise?: NdArray<Float64Array> }>
  }
  /**
   * The mean of y in new rows by the posterior, and new observations.
   *
   * @throws ShapeError for another number of columns, DomainError for columns of other names.
   */
  predict(x: MatrixLike, options?: PredictOptions): LinearRegressionPrediction
  /** log p(y | the data of the fit) of each row, [m], in nats: the mean density over the posterior. */
  logProb(x: MatrixLike, y: VectorLike): NdArray<Float64Array>
}

export interface LinearRegression {
  /**
   * Fits the posterior of the weights, and of the noise, if that is unknown.
   *
   * @param x rows [n, d]; a `Table` names the columns.
   * @param y [n].
   * @throws ShapeError for ragged rows or another length of y; DomainError for no data, what is not finite, constant columns that are
   *   to be standardized, and options out of range.
   */
  fit(x: MatrixLike, y: VectorLike, options?: RegressionFitOptions): Promise<LinearRegressionFit>
  /** The model as it is declared, to be changed and fitted otherwise: sites `intercept`, `noise`, `coefficients`, `x` and `y`. */
  declaration(): Promise<LinearRegressionModel>
}

/**
 * Bayesian linear regression: y ~ N(intercept + x · coefficients, noise²), with normal priors of the weights and a half-Cauchy prior
 * of the noise; or known noise, with which the posterior is exact.
 *
 * @throws DomainError for options that there are not, or out of range.
 *
 * @example
 * ```ts
 * import { oldFaithful } from '@variate/data'
 * import { linearRegression } from '@variate/models/regressions'
 *
 * const geyser = oldFaithful()
 * const duration = Array.from(geyser.column('eruptions'), (minutes) => [minutes])
 * const exact = linearRegression({ prior: { scale: 100 }, noise: 6 })
 * const fit = await exact.fit(duration, geyser.column('waiting'))
 * fit.coefficients.mean.at(0) // => 10.7307
 * const { observation } = fit.predict([[4]], { level: 0.95 })
 * observation.lower.at(0) // => 64.607
 * ```
 */
export function linearRegression(options: LinearRegressionOptions = {}): LinearRegression {
  const who = 'linearRegression'
  const scales = settledOptions(who, options, { options: ['noise'], prior: ['noise'] })
  const { noise, prior: { noise: noiseScale = 1 } = {} } = options
  if (noise !== undefined) requirePositive(who, 'noise', noise)
  requirePositive(who, 'prior.noise', noiseScale)
  const declaration = async () =>
    (await import('./linearRegressionModel.ts')).linearRegressionModel({ ...scales, noise: noiseScale })
  return {
    declaration,
    fit: async (x, y, fitOptions = {}) => {
      const at = `${who}.fit`
      const design = designOf(at, x, options.standardize ?? false)
      checkFitOptions(at, fitOptions, design.rows)
      const problem: Problem = {
        who: at,
        response: NORMAL,
        model: await declaration(),
        options,
        scales,
        design,
        y: responses(at, NORMAL, y, design.rows),
        exposure: new Float64Array(design.rows).fill(1),
        hasNoise: true,
      }
      const result =
        noise === undefined
          ? await fitRegression(problem, fitOptions)
          : await exactLinear(problem, noise, fitOptions)
      const { known } = result
      return {
        ...regressionFit(who, result),
        noise: estimate(`${who}.noise`, known.noise ?? { mean: noise!, sd: 0, quantile: () => noise! }),
        predict: (rows, predictOptions = {}) => {
          const as = `${who}.predict`
          const predicted = predictRows(as, result, rows, predictOptions, (like, row) =>
            known.row(like, row, (eta) => eta),
          )
          const { sd, lower, upper } = predictRows(as, result, rows, predictOptions, known.observation)
          return { ...predicted, observation: { sd, lower, upper } }
        },
        logProb: (rows, observed) =>
          logProbRows(`${who}.logProb`, result, rows, (count) => {
            const values = responses(`${who}.logProb`, NORMAL, observed, count)
            return (eta, deviation, row) => NORMAL.logProb(values[row]!, eta, deviation, 1)
          }),
      }
    },
  }
}
