import type { Key } from '@variate/core'

/**
 * An inference algorithm as two pure functions: the same key and state give the same result, and a state
 * is plain data that can be kept, sent elsewhere and gone on from.
 */
export interface Algorithm<State, Info> {
  /** The state to start from. */
  init(key: Key): State
  /** The next state, and what is worth knowing of the step that led to it. */
  step(key: Key, state: State): readonly [State, Info]
}

/** How a fit ended. Divergence is told here rather than thrown: the last good state is kept. */
export type Termination =
  | { readonly kind: 'converged' }
  | { readonly kind: 'limit' }
  | { readonly kind: 'aborted'; readonly step: number }
  | { readonly kind: 'diverged'; readonly site: string; readonly step: number }
