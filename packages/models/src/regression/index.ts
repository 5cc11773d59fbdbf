export { logisticRegression } from './logisticRegression.ts'
export type { LogisticRegression, LogisticRegressionFit } from './logisticRegression.ts'
export { linearRegression } from './linearRegression.ts'
export type { LinearRegression, LinearRegressionFit, LinearRegressionPrediction } from './linearRegression.ts'
export { poissonRegression } from './poissonRegression.ts'
export type { ExposureOptions, PoissonRegression, PoissonRegressionFit } from './poissonRegression.ts'
export type {
  LinearRegressionOptions,
  LinearRegressionPrior,
  PredictOptions,
  RegressionFitOptions,
  RegressionOptions,
  RegressionPrior,
  RegressionProgress,
} from './options.ts'
export type {
  RegressionEstimate,
  RegressionInterval,
  RegressionDraws,
  RegressionFit,
  RegressionPrediction,
} from './regressionFit.ts'
export type { LogisticRegressionModel } from './logisticRegressionModel.ts'
export type { LinearRegressionModel } from './linearRegressionModel.ts'
export type { PoissonRegressionModel } from './poissonRegressionModel.ts'
