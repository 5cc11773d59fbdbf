export { enumeration } from './exact/enumeration.ts'
export type { Enumeration, EnumerationOptions, ExactFit } from './exact/enumeration.ts'
export type { ExactPosterior } from './exact/exactPosterior.ts'
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
