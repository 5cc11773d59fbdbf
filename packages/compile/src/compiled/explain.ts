import type { Estimates } from '../choice/estimate.ts'
import type { PassCount } from '../graph/passes.ts'

/** A piece of a program, in the order in which they run; the steps of a loop come before the loop. */
export type ProgramPiece =
  /** Operations whose elements are written out. */
  | { readonly kind: 'written out'; readonly operations: number }
  /** Loops over domains, several block by block over the rows, and the operations whose results they write to memory. */
  | {
      readonly kind: 'loops'
      readonly domains: readonly (readonly number[])[]
      readonly writes: readonly string[]
    }
  /** An operation with code of its own, and the operations that are done to each element before it is stored. */
  | { readonly kind: 'routine'; readonly operation: string; readonly elementwise?: readonly string[] }
  /** An operation that JavaScript is called for, and why. */
  | { readonly kind: 'called'; readonly operation: string; readonly reason: string }
  /** Operations that ONNX Runtime computes, of what comes before. */
  | { readonly kind: 'onnx'; readonly operations: number }

/** What a compiled function ran at its last call, and why. */
export interface Explanation {
  readonly engine: 'wasm' | 'eager' | 'onnx'
  readonly reason: string
  /** What each engine would take, where one was chosen. */
  readonly estimates?: Estimates
  /** Operations recorded, and those that the results need after equal ones and constants were folded. */
  readonly recorded: number
  readonly needed: number
  /** What each pass made of them, in the order of the passes; on the eager engine up to `deadCode`. */
  readonly passes: readonly PassCount[]
  /** What became of them; nothing where they run as they stand. */
  readonly pieces: readonly ProgramPiece[]
  /** Operations that compiled code calls JavaScript for, by name. */
  readonly called: readonly string[]
  /** The bytes of code, and of memory for tensors. */
  readonly codeBytes: number
  readonly memoryBytes: number
  /** How many threads compiled code may run on, and why so many; nothing on other engines. */
  readonly threads?: { readonly count: number; readonly reason: string }
}
