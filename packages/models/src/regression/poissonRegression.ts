import type { MatrixLike, NdArray, VectorLike } from '@variate/core'
import { settledOptions } from './checkOptions.ts'
import { designOf, rowsLike } from './design.ts'
import { checkFitOptions, fitRegression } from './fitRegression.ts'
import type { PredictOptions, RegressionFitOptions, RegressionOptions } from './options.ts'
import type { PoissonRegressionModel } from './poissonRegressionModel.ts'
import {
  logProbRows,
  predictRows,
  regressionFit,
  type RegressionFit,
  type RegressionPrediction,
} from './regressionFit.ts'
import { exposures, POISSON, responses } from './response.ts'

export interface ExposureOptions {
  /** [m], > 0: over how long, or how much, each row is counted; 1, if not given. exp(offset) where an offset is known. */
  readonly exposure?: VectorLike | undefined
}

export interface PoissonRegressionFit extends RegressionFit {
  /**
   * The mean count of new rows, exposure · rate, by the posterior.
   *
   * @throws ShapeError for another number of columns or exposures, DomainError for columns of other names.
   */
  predict(x: MatrixLike, options?: PredictOptions & ExposureOptions): RegressionPrediction
  /** log P(y | the data of the fit) of each row, [m], in nats: the mean probability over the posterior. */
  logProb(x: MatrixLike, y: VectorLike, options?: ExposureOptions): NdArray<Float64Array>
}

export interface PoissonRegression {
  /**
   * Fits the posterior of the weights.
   *
   * @param x rows [n, d]; a `Table` names the columns.
   * @param y [n], counts.
   * @throws ShapeError for ragged rows or another length of y; DomainError for no data, what is not finite, y that is not a whole
   *   number ≥ 0, constant columns that are to be standardized, and options out of range.
   */
  fit(
    x: MatrixLike,
    y: VectorLike,
    options?: RegressionFitOptions & ExposureOptions,
  ): Promise<PoissonRegressionFit>
  /** The model as it is declared, to be changed and fitted otherwise: sites `intercept`, `coefficients`, `exposure`, `x` and `y`. */
  declaration(): Promise<PoissonRegressionModel>
}

/**
 * Bayesian Poisson regression: y ~ Poisson(exposure · exp(intercept + x · coefficients)), with normal priors of the weights.
 *
 * @throws DomainError for options that there are not, or out of range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { poissonRegression } from '@variate/models/regressions'
 *
 * const x = [[0], [1], [2], [3], [4]]
 * const fit = await poissonRegression().fit(x, [2, 3, 9, 18, 41], { exposure: [1, 1, 1, 1, 1] })
 * Math.abs(fit.coefficients.mean.at(0) - 0.8) < 0.2 // => true
 * ```
 */
export function poissonRegression(options: RegressionOptions = {}): PoissonRegression {
  const who = 'poissonRegression'
  const scales = settledOptions(who, options)
  const declaration = async () => (await import('./poissonRegressionModel.ts')).poissonRegressionModel(scales)
  return {
    declaration,
    fit: async (x, y, fitOptions = {}) => {
      const at = `${who}.fit`
      const design = designOf(at, x, options.standardize ?? false)
      checkFitOptions(at, fitOptions, design.rows, ['exposure'])
      const exposure = exposures(at, fitOptions.exposure, design.rows)
      const result = await fitRegression(
        {
          who: at,
          response: POISSON,
          model: await declaration(),
          options,
          scales,
          design,
          y: responses(at, POISSON, y, design.rows),
          exposure,
          hasNoise: false,
          given: { exposure },
        },
        fitOptions,
      )
      return {
        ...regressionFit(who, result),
        predict: (rows, { exposure: own, ...predictOptions } = {}) => {
          const of = exposures(`${who}.predict`, own, rowsLike(`${who}.predict`, design, rows).rows)
          return predictRows(`${who}.predict`, result, rows, predictOptions, (like, row) =>
            result.known.row(like, row, (eta) => POISSON.mean(eta, of[row]!)),
          )
        },
        logProb: (rows, observed, { exposure: own } = {}) =>
          logProbRows(`${who}.logProb`, result, rows, (count) => {
            const values = responses(`${who}.logProb`, POISSON, observed, count)
            const of = exposures(`${who}.logProb`, own, count)
            return (eta, noise, row) => POISSON.logProb(values[row]!, eta, noise, of[row]!)
          }),
      }
    },
  }
}
