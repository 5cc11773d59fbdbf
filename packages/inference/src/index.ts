export { coordinateAscent } from './coordinateAscent/coordinateAscent.ts'
export type {
  CoordinateAscent,
  CoordinateAscentFit,
  CoordinateAscentFitOptions,
  CoordinateAscentOptions,
  CoordinateAscentProgress,
  CoordinateAscentState,
} from './coordinateAscent/coordinateAscent.ts'
export type { FactorOfSite } from './coordinateAscent/siteFactors.ts'
export type { CoordinateAscentInfo } from './coordinateAscent/coordinateAscentAlgorithm.ts'
export type { VariationalPosterior } from './coordinateAscent/variationalPosterior.ts'
export { em } from './em/em.ts'
export type { Em, EmData, EmFit, EmFitOptions, EmOptions, EmProgress, PriorsOf } from './em/em.ts'
export { enumeration } from './exact/enumeration.ts'
export type { ExactCost } from './exact/cost.ts'
export type { Enumeration, EnumerationOptions, ExactFit } from './exact/enumeration.ts'
export type { ExactPosterior } from './exact/exactPosterior.ts'
export { infer } from './infer/infer.ts'
export type { Infer, Inferred } from './infer/infer.ts'
export { annealedImportanceSampling } from './monteCarlo/annealedImportanceSampling.ts'
export type {
  AnnealedFit,
  AnnealedImportanceSampling,
  AnnealedImportanceSamplingOptions,
} from './monteCarlo/annealedImportanceSampling.ts'
export { elbo } from './monteCarlo/elbo.ts'
export type { Elbo, ElboEstimate, ElboOptions, GradientOptions } from './monteCarlo/elbo.ts'
export type { ObjectiveGradient } from './monteCarlo/objective.ts'
export { priorLikelihood } from './monteCarlo/priorLikelihood.ts'
export type { PriorLikelihood } from './monteCarlo/priorLikelihood.ts'
export { importanceSampling } from './monteCarlo/importanceSampling.ts'
export type {
  ImportanceFit,
  ImportanceSampling,
  ImportanceSamplingOptions,
} from './monteCarlo/importanceSampling.ts'
export type { WeightedPosterior } from './monteCarlo/weightedPosterior.ts'
export { stochasticVI } from './stochasticVI/stochasticVI.ts'
export type {
  StochasticVI,
  StochasticVIFit,
  StochasticVIFitOptions,
  StochasticVIOptions,
  StochasticVIProgress,
  StochasticVIState,
} from './stochasticVI/stochasticVI.ts'
export type { StochasticVIInfo } from './stochasticVI/stochasticAlgorithm.ts'
export { adam } from './optimizers/adam.ts'
export type { AdamOptions, AdamState } from './optimizers/adam.ts'
export { lbfgs } from './optimizers/lbfgs.ts'
export type { LbfgsOptions, LbfgsState } from './optimizers/lbfgs.ts'
export { minimize } from './optimizers/minimize.ts'
export type { Minimum, MinimizeOptions } from './optimizers/minimize.ts'
export type { Differentiable, Point } from './optimizers/lineSearch.ts'
export { applyUpdates } from './optimizers/optimizer.ts'
export type { Optimizer, Rate } from './optimizers/optimizer.ts'
export { sgd } from './optimizers/sgd.ts'
export type { SgdState } from './optimizers/sgd.ts'
export type { TensorTree } from './optimizers/tensorTree.ts'
export {
  Breakdown,
  decodeCheckpoint,
  encodeCheckpoint,
  expectationMaximization,
  run,
  runRestarts,
} from './run/index.ts'
export type {
  Algorithm,
  EmInfo,
  EmState,
  Expectation,
  LatentVariableModel,
  RestartOutcome,
  RestartsOptions,
  RestartsResult,
  RestartsState,
  RunOptions,
  RunResult,
  RunState,
  Termination,
} from './run/index.ts'
