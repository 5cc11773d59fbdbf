import type { Explanation } from '../compiled/explain.ts'
import type { ModuleData, Place } from '../engine/moduleData.ts'

export type Data = Float32Array | Float64Array | Int32Array

/** A compiled loop as plain data: its module exports `begin`, what comes before the steps, and `run`, so many of them. */
export interface LoopData {
  readonly module: ModuleData
  readonly inputs: readonly Place[]
  /** What is carried. */
  readonly state: readonly Place[]
  /** What is collected: its rows. */
  readonly collected: readonly Place[]
}

/** A loop that is run in parts. What it carries stays where it is computed. */
export interface LoopRunner {
  /** Computes what is computed before the steps, of the data of the inputs. */
  begin(inputs: readonly ArrayLike<number>[]): void
  /** Goes steps, from one on to before another. */
  run(from: number, to: number): void
  /** What is carried: copies. */
  state(): readonly Data[]
  /** Goes on from another state. */
  restore(state: readonly Data[]): void
  /** What was collected, from one row on to before another: copies. */
  rows(from: number, to: number): readonly Data[]
  dispose(): void
}

/** One whose steps may take their time elsewhere. */
export interface AsyncLoopRunner extends Omit<LoopRunner, 'run' | 'dispose'> {
  /** How long steps are run at once, in milliseconds, if that is told. */
  readonly turn?: number
  run(from: number, to: number): void | Promise<void>
  dispose(): void | Promise<void>
}

export interface LoopProgram {
  readonly explanation: Explanation
  /** What it is where it is compiled. */
  readonly data?: LoopData
  /** What runs it here. */
  runner(): AsyncLoopRunner
  /** What runs it here, where it is compiled, with the memory that it has elsewhere. */
  runnerWith?(memory: Uint8Array): LoopRunner
}
