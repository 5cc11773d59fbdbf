import type { Inputs } from './numbers.ts'

/** Work of ours that a peer does as well. */
export interface Task {
  /** What both sides work on, by the names that the peer knows. */
  readonly inputs: Inputs
  /** So many steps or calls. */
  run(repeats: number): void
  /** What the peer must agree about. */
  values(): readonly number[]
  /** Operations that the compiled code calls JavaScript for, known after a run. */
  called(): readonly string[]
}
