export { enumeration } from './exact/enumeration.ts'
export type { ExactCost } from './exact/cost.ts'
export type { Enumeration, EnumerationOptions, ExactFit } from './exact/enumeration.ts'
export type { ExactPosterior } from './exact/exactPosterior.ts'
export { minimize } from './optimizers/minimize.ts'
export type { Minimum, MinimizeOptions } from './optimizers/minimize.ts'
export type { Differentiable } from './optimizers/lineSearch.ts'
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
