import type { Key, MatrixLike, VectorLike } from '@variate/core'
import type { KMeansInfo, KMeansMethod } from './algorithm.ts'

export interface KMeansOptions {
  /** K ≥ 1. */
  clusters: number
  /**
   * All three give the same clusters. `'lloyd'` measures every distance; `'hamerly'` leaves out most, at 8 bytes
   * a point; `'elkan'` leaves out more, at 4·K bytes a point. Default: Elkan's where the points themselves have
   * at least 2·K columns, else Hamerly's.
   */
  method?: KMeansMethod
}

/** What a fit tells while it runs. */
export interface KMeansProgress extends KMeansInfo {
  /** The run under way, from 0. */
  readonly restart: number
  readonly restarts: number
  /** Steps done in this run, and at most to be done. */
  readonly iteration: number
  readonly maxIterations: number
}

export interface KMeansFitOptions {
  /** Runs from different k-means++ seedings, of which the one of least inertia is kept. Default 10. */
  restarts?: number
  /** Default 0. */
  seed?: number
  /** Instead of a seed. */
  key?: Key
  /** Centres to start from, [K, d], instead of a seeding; there is then one run. */
  init?: MatrixLike
  /**
   * Ends a run when no centre moved farther, relative to the data's root mean square distance from their mean;
   * 0: when nothing moves at all. Default 1e-4.
   */
  tolerance?: number
  /** Default 300. */
  maxIterations?: number
  /** [n], ≥ 0: how many times each point counts. */
  weights?: VectorLike
  /** Called after every step. */
  onProgress?: (progress: KMeansProgress) => void
  /** Ends the fit after the step under way. */
  signal?: AbortSignal
  /** What an abort does: return the best so far (default), or throw the signal's reason. */
  onAbort?: 'return' | 'throw'
}
