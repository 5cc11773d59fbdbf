import type { Explanation } from '../compiled/explain.ts'
import type { ProgramData } from './moduleData.ts'

/** A program that runs: data of inputs in, data of outputs out, both row-major. */
export interface Program {
  readonly explanation: Explanation
  /** What it is where it is compiled. */
  readonly data?: ProgramData
  run(inputs: readonly ArrayLike<number>[]): readonly (Float32Array | Float64Array | Int32Array)[]
}
