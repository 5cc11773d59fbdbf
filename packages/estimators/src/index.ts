export { doublyReparameterized } from './doublyReparameterized.ts'
export type { DoublyReparameterizedOptions } from './doublyReparameterized.ts'
export { logWeight, totalOf } from './elboOf.ts'
export { analyticEntropy } from './analyticEntropy.ts'
export { analyticKl } from './analyticKl.ts'
export type { AnalyticKl, KlChoice } from './analyticKl.ts'
export { enumerated } from './enumerated.ts'
export type { EnumeratedOptions } from './enumerated.ts'
export type { Estimate, Estimator, Outline, StartState } from './estimator.ts'
export { importanceWeighted } from './importanceWeighted.ts'
export type { ImportanceWeightedOptions } from './importanceWeighted.ts'
export { automatic } from './automatic.ts'
export type { Automatic, AutomaticOptions, FactorChoice } from './automatic.ts'
export type { Baseline, BaselineContext } from './baseline.ts'
export type { Choice, EstimatorByFactor, Part } from './byFactor.ts'
export { controlVariate } from './controlVariate.ts'
export { gradientVariance } from './gradientVariance.ts'
export type { GradientVariance } from './gradientVariance.ts'
export { leaveOneOut } from './leaveOneOut.ts'
export { movingAverage } from './movingAverage.ts'
export type { MovingAverageOptions } from './movingAverage.ts'
export { networkBaseline } from './networkBaseline.ts'
export type { NetworkBaselineOptions } from './networkBaseline.ts'
export { perSite } from './perSite.ts'
export type {
  Drawing,
  Draws,
  Factor,
  EvaluationOptions,
  Input,
  ObjectiveParameters,
  Problem,
  Reader,
  Values,
  Term,
  Tree,
} from './problem.ts'
export { rebar } from './rebar.ts'
export type { RebarOptions } from './rebar.ts'
export { relax } from './relax.ts'
export type { RelaxOptions } from './relax.ts'
export { relaxedReparameterization } from './relaxedReparameterization.ts'
export type { RelaxedReparameterizationOptions } from './relaxedReparameterization.ts'
export { renyi } from './renyi.ts'
export type { RenyiOptions } from './renyi.ts'
export { reparameterization } from './reparameterization.ts'
export type { ReparameterizationOptions } from './reparameterization.ts'
export { reweightedWakeSleep } from './reweightedWakeSleep.ts'
export type { ReweightedWakeSleepOptions } from './reweightedWakeSleep.ts'
export { scoreFunction } from './scoreFunction.ts'
export type { ScoreFunctionOptions } from './scoreFunction.ts'
export { stickingTheLanding } from './stickingTheLanding.ts'
export { straightThrough } from './straightThrough.ts'
export type { StraightThroughOptions } from './straightThrough.ts'
export type { Temperature } from './temperature.ts'
export { thermodynamic } from './thermodynamic.ts'
export type { ThermodynamicOptions } from './thermodynamic.ts'
export { vimco } from './vimco.ts'
export type { VimcoOptions } from './vimco.ts'
export { weightedKl } from './weightedKl.ts'
export type { WeightedKlOptions } from './weightedKl.ts'
