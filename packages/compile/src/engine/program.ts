/** A program that runs: data of inputs in, data of outputs out, both row-major. */
export interface Program {
  run(inputs: readonly ArrayLike<number>[]): readonly (Float32Array | Float64Array | Int32Array | Uint8Array)[]
}
