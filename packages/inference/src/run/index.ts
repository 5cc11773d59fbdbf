// What needs no TensorFlow.js: the loop that runs algorithms, and expectation maximisation.
export type { Algorithm, Termination } from './algorithm.ts'
export { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts'
export type { CheckpointOptions } from './checkpoint.ts'
export { Breakdown, expectationMaximization } from './expectationMaximization.ts'
export type { EmInfo, EmState, Expectation, LatentVariableModel } from './expectationMaximization.ts'
export { run } from './run.ts'
export type { RunOptions, RunResult, RunState } from './run.ts'
export { runRestarts } from './runRestarts.ts'
export type {
  EndedRestarts,
  RestartOutcome,
  RestartsOptions,
  RestartsResult,
  RestartsState,
} from './runRestarts.ts'
