import type { Explanation } from '../compiled/explain.ts'

export type Data = Float32Array | Float64Array | Int32Array

/** A loop that is run in parts. What it carries stays where it is computed. */
export interface LoopProgram {
  readonly explanation: Explanation
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
