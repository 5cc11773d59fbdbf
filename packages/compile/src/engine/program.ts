import type { Explanation } from '../compiled/explain.ts'

/** A program that runs: data of inputs in, data of outputs out, both row-major. */
export interface Program {
  readonly explanation: Explanation
  run(inputs: readonly ArrayLike<number>[]): readonly (Float32Array | Float64Array | Int32Array)[]
}
