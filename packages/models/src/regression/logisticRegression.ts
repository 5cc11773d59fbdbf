import type { MatrixLike, NdArray, VectorLike } from '@variate/core'
import { settledOptions } from './checkOptions.ts'
import { designOf } from './design.ts'
import { checkFitOptions, fitRegression } from './fitRegression.ts'
import type { LogisticRegressionModel } from './logisticRegressionModel.ts'
import type { PredictOptions, RegressionFitOptions, RegressionOptions } from './options.ts'
import {
  logProbRows,
  predictRows,
  regressionFit,
  type RegressionFit,
  type RegressionPrediction,
} from './regressionFit.ts'
import { BERNOULLI, responses } from './response.ts'

export interface LogisticRegressionFit extends RegressionFit {
  /**
   * P(y = 1) in new rows, by the posterior.
   *
   * @throws ShapeError for another number of columns, DomainError for columns of other names.
   */
  predict(x: MatrixLike, options?: PredictOptions): RegressionPrediction
  /** log P(y | the data of the fit) of each row, [m], in nats: the mean probability over the posterior. */
  logProb(x: MatrixLike, y: VectorLike): NdArray<Float64Array>
}

export interface LogisticRegression {
  /**
   * Fits the posterior of the weights. It is proper, whatever the data: classes that can be told apart perfectly do no harm.
   *
   * @param x rows [n, d]; a `Table` names the columns.
   * @param y [n], 0 or 1.
   * @throws ShapeError for ragged rows or another length of y; DomainError for no data, what is not finite, y that is neither 0 nor
   *   1, constant columns that are to be standardized, and options out of range.
   */
  fit(x: MatrixLike, y: VectorLike, options?: RegressionFitOptions): Promise<LogisticRegressionFit>
  /** The model as it is declared, to be changed and fitted otherwise: sites `intercept`, `coefficients`, `x` and `y`. */
  declaration(): Promise<LogisticRegressionModel>
}

/**
 * Bayesian logistic regression: P(y = 1) = 1 / (1 + exp(−(intercept + x · coefficients))), with normal priors of the weights.
 *
 * @throws DomainError for options that there are not, or out of range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { logisticRegression } from '@variate/models/regressions'
 *
 * const hours = [[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]]
 * const passed = [0, 0, 0, 1, 0, 1, 1, 1]
 * const fit = await logisticRegression({ prior: { scale: 2 } }).fit(hours, passed)
 * fit.coefficients.mean.at(0) > 0 // => true
 * const { mean, lower, upper } = fit.predict([[2.2]], { level: 0.8 })
 * lower.at(0) < mean.at(0) && mean.at(0) < upper.at(0) // => true
 * ```
 */
export function logisticRegression(options: RegressionOptions = {}): LogisticRegression {
  const who = 'logisticRegression'
  const scales = settledOptions(who, options)
  const declaration = async () =>
    (await import('./logisticRegressionModel.ts')).logisticRegressionModel(scales)
  return {
    declaration,
    fit: async (x, y, fitOptions = {}) => {
      const at = `${who}.fit`
      const design = designOf(at, x, options.standardize ?? false)
      checkFitOptions(at, fitOptions, design.rows)
      const exposure = new Float64Array(design.rows).fill(1)
      const result = await fitRegression(
        {
          who: at,
          response: BERNOULLI,
          model: await declaration(),
          options,
          scales,
          design,
          y: responses(at, BERNOULLI, y, design.rows),
          exposure,
          hasNoise: false,
        },
        fitOptions,
      )
      return {
        ...regressionFit(who, result),
        predict: (rows, predictOptions = {}) =>
          predictRows(`${who}.predict`, result, rows, predictOptions, (like, row) =>
            result.known.row(like, row, (eta) => BERNOULLI.mean(eta, 1)),
          ),
        logProb: (rows, observed) =>
          logProbRows(`${who}.logProb`, result, rows, (count) => {
            const values = responses(`${who}.logProb`, BERNOULLI, observed, count)
            return (eta, noise, row) => BERNOULLI.logProb(values[row]!, eta, noise, 1)
          }),
      }
    },
  }
}
