export { amortized } from './amortized/amortized.ts'
export type { Amortized } from './amortized/amortized.ts'
export type { AmortizedFit, Encoded } from './amortized/amortizedFit.ts'
export type { AmortizedProgress } from './amortized/amortizedProgress.ts'
export type { EpochRecord } from './amortized/told.ts'
export type { Evaluated } from './amortized/evaluator.ts'
export type { AmortizedData, Codes, Examples } from './amortized/exampleTypes.ts'
export type { Gaps, GapsOptions } from './amortized/gaps.ts'
export type { AnnealedLogLikelihood, AnnealedLogLikelihoodOptions } from './amortized/annealedEstimator.ts'
export type { BracketOptions, LogLikelihoodBracket } from './amortized/bracketed.ts'
export type { LogLikelihoodEstimate } from './amortized/likelihoodEstimator.ts'
export type { LogLikelihoodOptions } from './amortized/logLikelihoodOptions.ts'
export type { AmortizedFitOptions, AmortizedOptions, EncodedLatent, Encoder } from './amortized/options.ts'
export type { StreamedData } from './amortized/stream/streamedData.ts'
export type { DrawnData } from './bbvi/drawnData.ts'
export { coordinateAscent } from './coordinateAscent/coordinateAscent.ts'
export type { CoordinateAscent } from './coordinateAscent/coordinateAscent.ts'
export type { CoordinateAscentFit } from './coordinateAscent/coordinateAscentFit.ts'
export type {
  CoordinateAscentFitOptions,
  CoordinateAscentOptions,
  CoordinateAscentProgress,
  CoordinateAscentState,
} from './coordinateAscent/options.ts'
export type { FactorOfSite } from './coordinateAscent/siteFactors.ts'
export type { CoordinateAscentInfo } from './coordinateAscent/coordinateAscentAlgorithm.ts'
export type { FactoredPosterior } from './coordinateAscent/factoredPosterior.ts'
export { activeUnits } from './diagnostics/activeUnits.ts'
export type { ActiveUnits, ActiveUnitsOptions } from './diagnostics/activeUnits.ts'
export type { ClassLabels } from './diagnostics/classLabels.ts'
export type { CalibrationRow, Miscalibration } from './diagnostics/calibrationRow.ts'
export { compare } from './diagnostics/compare.ts'
export type {
  Comparable,
  ComparedBy,
  CompareOptions,
  Comparison,
  ComparisonRow,
  WithElbo,
  WithLogEvidence,
} from './diagnostics/compare.ts'
export type {
  ExpectedLogDensity,
  LogDensityOptions,
  ObservedPoint,
} from './diagnostics/expectedLogDensity.ts'
export { importanceCorrected } from './diagnostics/importanceCorrected.ts'
export type { ImportanceCorrected } from './diagnostics/importanceCorrected.ts'
export { linearProbe } from './diagnostics/linearProbe.ts'
export type { LinearProbe, LinearProbeOptions } from './diagnostics/linearProbe.ts'
export { loo, looOf } from './diagnostics/loo.ts'
export type { Loo } from './diagnostics/loo.ts'
export { pointwiseLogLikelihood } from './diagnostics/pointwiseLogLikelihood.ts'
export type { DataNames, DrawsOf, LogLikelihood } from './diagnostics/pointwiseLogLikelihood.ts'
export { posteriorPredictiveCheck } from './diagnostics/posteriorPredictiveCheck.ts'
export type {
  PredictiveCheck,
  PredictiveCheckOptions,
  PredictiveCheckRow,
} from './diagnostics/posteriorPredictiveCheck.ts'
export { psis } from './diagnostics/psis.ts'
export type { Psis } from './diagnostics/psis.ts'
export type { Reliability } from './diagnostics/reliability.ts'
export { quantile } from './diagnostics/statistics.ts'
export type { Statistic } from './diagnostics/statistics.ts'
export { summarize } from './diagnostics/summarize.ts'
export type { SummarizeOptions, Summary, SummaryRow, ValueShare } from './diagnostics/summarize.ts'
export { toInferenceData } from './diagnostics/toInferenceData.ts'
export type { InferenceDataGroups } from './diagnostics/toInferenceData.ts'
export { variationalCalibration } from './diagnostics/variationalCalibration.ts'
export type { Calibratable, Calibration, CalibrationOptions } from './diagnostics/variationalCalibration.ts'
export { waic, waicOf } from './diagnostics/waic.ts'
export type { Waic } from './diagnostics/waic.ts'
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
export type { StochasticVI } from './stochasticVI/stochasticVI.ts'
export type { StochasticVIFit } from './stochasticVI/stochasticVIFit.ts'
export type {
  StochasticVIFitOptions,
  StochasticVIOptions,
  StochasticVIProgress,
  StochasticVIState,
} from './stochasticVI/options.ts'
export type { StochasticVIInfo } from './stochasticVI/stochasticAlgorithm.ts'
export { adagrad } from './optimizers/adagrad.ts'
export type { AdagradOptions, AdagradState } from './optimizers/adagrad.ts'
export { adam } from './optimizers/adam.ts'
export type { AdamOptions, AdamState } from './optimizers/adam.ts'
export { adamax } from './optimizers/adamax.ts'
export type { AdamaxState } from './optimizers/adamax.ts'
export { adamW } from './optimizers/adamW.ts'
export type { AdamWOptions } from './optimizers/adamW.ts'
export type { ChosenParams } from './optimizers/areChosen.ts'
export { averaged } from './optimizers/averaged.ts'
export type { AveragedOptimizer, AveragedOptions, AveragedState } from './optimizers/averaged.ts'
export { clipByGlobalNorm } from './optimizers/clipByGlobalNorm.ts'
export { clipByValue } from './optimizers/clipByValue.ts'
export { lbfgs } from './optimizers/lbfgs.ts'
export type { LbfgsOptions, LbfgsState } from './optimizers/lbfgs.ts'
export { minimize } from './optimizers/minimize.ts'
export type { Minimum, MinimizeOptions } from './optimizers/minimize.ts'
export type { Differentiable, Point } from './optimizers/lineSearch.ts'
export { momentum } from './optimizers/momentum.ts'
export type { MomentumOptions, MomentumState } from './optimizers/momentum.ts'
export { applyUpdates, finalParams } from './optimizers/optimizer.ts'
export type { Optimizer, Rate } from './optimizers/optimizer.ts'
export { rmsProp } from './optimizers/rmsProp.ts'
export type { RmsPropOptions, RmsPropState } from './optimizers/rmsProp.ts'
export * as schedules from './optimizers/schedules/index.ts'
export type { Schedule } from './optimizers/schedules/schedule.ts'
export { skipNonFinite } from './optimizers/skipNonFinite.ts'
export type { SkipNonFiniteState } from './optimizers/skipNonFinite.ts'
export { checkpointFile } from './saved/checkpointFile.ts'
export type { CheckpointFile } from './saved/checkpointFile.ts'
export { sgd } from './optimizers/sgd.ts'
export type { SgdState } from './optimizers/sgd.ts'
export type { TensorTree } from '@variate/core/internal'
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
  CheckpointOptions,
  EmInfo,
  EndedRestarts,
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
export { bbvi } from './bbvi/bbvi.ts'
export type { Bbvi } from './bbvi/bbvi.ts'
export type { ClimbProgress } from './bbvi/climbState.ts'
export type { BbviFit, VariationalDiagnostics } from './bbvi/fitOf.ts'
export type { BbviFitOptions, BbviOptions } from './bbvi/options.ts'
export { searchRate } from './bbvi/searchRate.ts'
export type { RateSearch, SearchRateOptions } from './bbvi/searchRate.ts'
export type { VariationalPosterior, WeightedDraws } from './bbvi/variationalPosterior.ts'
export { estimatorVariance } from './bbvi/estimatorVariance.ts'
export type {
  EstimatorVariance,
  EstimatorVarianceOptions,
  EstimatorVarianceRunOptions,
  ParameterVariance,
} from './bbvi/estimatorVariance.ts'
export type { ConvergenceOptions } from './bbvi/watch.ts'
export { laplaceApproximation } from './laplace/laplaceApproximation.ts'
export type { LaplaceApproximation, LaplaceOptions } from './laplace/laplaceApproximation.ts'
export type { LaplaceFit } from './laplace/laplaceFit.ts'
