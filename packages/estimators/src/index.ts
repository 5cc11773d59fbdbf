export { doublyReparameterized } from './doublyReparameterized.ts'
export type { DoublyReparameterizedOptions } from './doublyReparameterized.ts'
export { logWeight, totalOf } from './elboOf.ts'
export type { Estimate, Estimator, Outline, StartState } from './estimator.ts'
export { importanceWeighted } from './importanceWeighted.ts'
export type { ImportanceWeightedOptions } from './importanceWeighted.ts'
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
export { renyi } from './renyi.ts'
export type { RenyiOptions } from './renyi.ts'
export { reparameterization } from './reparameterization.ts'
export type { ReparameterizationOptions } from './reparameterization.ts'
export { reweightedWakeSleep } from './reweightedWakeSleep.ts'
export type { ReweightedWakeSleepOptions } from './reweightedWakeSleep.ts'
export { stickingTheLanding } from './stickingTheLanding.ts'
export { thermodynamic } from './thermodynamic.ts'
export type { ThermodynamicOptions } from './thermodynamic.ts'
export { vimco } from './vimco.ts'
export type { VimcoOptions } from './vimco.ts'
