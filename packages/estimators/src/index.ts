export { logWeight, totalOf } from './elboOf.ts'
export { analyticKl } from './analyticKl.ts'
export type { AnalyticKl, KlChoice } from './analyticKl.ts'
export { enumerated } from './enumerated.ts'
export type { EnumeratedOptions } from './enumerated.ts'
export type { Estimate, Estimator, Outline, StartState } from './estimator.ts'
export type {
  Drawing,
  Draws,
  Factor,
  EvaluationOptions,
  ObjectiveParameters,
  Problem,
  Reader,
  Values,
  Term,
  Tree,
} from './problem.ts'
export { reparameterization } from './reparameterization.ts'
export type { ReparameterizationOptions } from './reparameterization.ts'
export { stickingTheLanding } from './stickingTheLanding.ts'
