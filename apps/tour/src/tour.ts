import type { Output } from './output.ts'
import type { Pictures } from './pictures.ts'
import type { Progress } from './progress.ts'

/** What each part of the tour works with. */
export interface Tour {
  readonly output: Output
  readonly pictures: Pictures
  /** A bar for a job that begins now; nothing where there is no terminal. */
  readonly progress: (estimate: 'about' | 'at most') => Progress
  /** Aborted by Ctrl-C: what is under way ends with the best so far. */
  readonly signal: AbortSignal
  /** Smaller jobs: for tests of the tour itself. */
  readonly quick: boolean
}
