import type { Precision } from '../wasm/lanes.ts'
import type { Passes } from './passes.ts'
import type { Threads } from '../engine/threads/threadsFor.ts'

/** What is asked of a program besides its results. */
export interface Settings {
  /** What its real numbers are computed in. */
  readonly precision: Precision
  readonly passes: Passes
  /** Whether compiled code may round otherwise. */
  readonly fastMath: boolean
  /** Whether its results are the same bits in every engine: constants are only folded where they are. */
  readonly reproducible: boolean
  /** How many threads it may run on; one if not given. */
  readonly threads?: Threads
}
