import type { InputSpec } from '../trace/trace.ts'
import type { Explanation } from '../compiled/explain.ts'
import type { Precision } from '../wasm/lanes.ts'

/** Where a tensor lies in the memory of a program: its elements are row-major from a byte address on. */
export interface Place extends InputSpec {
  readonly address: number
}

/** What memory holds from the beginning: bytes, so many times one behind the other. */
export interface Constant {
  readonly address: number
  readonly bytes: Uint8Array
  readonly count: number
}

/** A WebAssembly module and what its memory begins with, as plain data. */
export interface ModuleData {
  readonly precision: Precision
  /** Whether results are the same bits wherever it runs. */
  readonly reproducible: boolean
  /** The bytes of the module. */
  readonly code: Uint8Array
  /** How many pages of 64 KiB its memory has. */
  readonly pages: number
  readonly constants: readonly Constant[]
  /** The operations that it imports functions for, where its own code gives up, by the names of the functions. */
  readonly rescues: Readonly<Record<string, string>>
  /** How many threads its memory is for, if several, and where they agree on what is to be done. */
  readonly threads?: { readonly count: number; readonly board: number }
}

/** A program as plain data: its module exports `run`, which computes outputs of inputs, all in memory. */
export interface ProgramData {
  readonly module: ModuleData
  readonly inputs: readonly Place[]
  readonly outputs: readonly Place[]
  readonly explanation: Explanation
}
