import type { Key } from '@variate/core'
import type { ContinuousNames } from '../exact/exactPosterior.ts'
import type { RestartsState } from '../run/index.ts'
import type { AscentState, CoordinateAscentInfo } from './coordinateAscentAlgorithm.ts'
import type { InitOf } from './initOf.ts'

export interface CoordinateAscentOptions<Types> {
  /**
   * Latents that q keeps together: normal ones, by themselves or with a precision or variance that their distributions are scaled
   * by. If not given, a normal latent is kept with a precision of its own plates where all terms allow that; `[]` keeps all apart.
   */
  readonly blocks?: readonly (readonly ContinuousNames<Types>[])[]
  /** How many numbers a term may be computed as, when the model is looked into; 2²⁶ if not given. */
  readonly limit?: number
}

/** Where the runs of a fit stand: plain data, for a checkpoint. */
export type CoordinateAscentState = RestartsState<AscentState, CoordinateAscentInfo>

/** What a fit tells while it runs. */
export interface CoordinateAscentProgress extends CoordinateAscentInfo {
  /** The run under way, from 0. */
  readonly restart: number
  readonly restarts: number
  /** Iterations done in this run, and at most to be done. */
  readonly iteration: number
  readonly maxIterations: number
  /** All that is needed to go on from here: `from` of another fit of the same data with the same options. */
  readonly state: CoordinateAscentState
}

export interface CoordinateAscentFitOptions<Types> {
  /** Runs from different starts, of which the one with the highest ELBO is kept. Default 1. */
  readonly restarts?: number
  /** Default 0. */
  readonly seed?: number
  /** Instead of a seed. */
  readonly key?: Key
  /** The rise of the ELBO, relative to its size, at which a run has converged. Default 1e-10. */
  readonly tolerance?: number
  /** Default 1000. */
  readonly maxIterations?: number
  /** Where the runs start; else from random probabilities of discrete latents, and draws of the prior. */
  readonly init?: InitOf<Types>
  /** Called after every iteration, and awaited where it returns a promise. */
  readonly onProgress?: (progress: CoordinateAscentProgress) => unknown
  /** Ends the fit after the iteration under way. */
  readonly signal?: AbortSignal
  /**
   * Goes on as an unbroken fit would have: from a state, with the same options again; or from a fit or its bytes, of which are the
   * start, the random numbers, and what is not given here. Of several runs those that have ended stay as they are, but for the last.
   */
  readonly from?: CoordinateAscentState | Uint8Array | { toBytes(): Uint8Array }
}
