export { logWeight, totalOf } from './elboOf.ts'
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
export { rebar } from './rebar.ts'
export type { RebarOptions } from './rebar.ts'
export { relax } from './relax.ts'
export type { RelaxOptions } from './relax.ts'
export { relaxedReparameterization } from './relaxedReparameterization.ts'
export type { RelaxedReparameterizationOptions } from './relaxedReparameterization.ts'
export { reparameterization } from './reparameterization.ts'
export type { ReparameterizationOptions } from './reparameterization.ts'
export { stickingTheLanding } from './stickingTheLanding.ts'
export { straightThrough } from './straightThrough.ts'
export type { StraightThroughOptions } from './straightThrough.ts'
export type { Temperature } from './temperature.ts'
