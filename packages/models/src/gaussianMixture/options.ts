import type { ArrayOfAnyRank, Key, MatrixLike, VectorLike } from '@variate/core'
import type { EmInfo } from '@variate/inference'
import type { Covariance } from './mixture.ts'
import type { MixturePrior } from './prior.ts'

export interface GaussianMixtureOptions {
  /** K ≥ 1. */
  components: number
  /** Default `'full'`. */
  covariance?: Covariance
  /** Makes the fit a maximum a posteriori one. `{}` for the defaults of Fraley & Raftery (2007). */
  prior?: MixturePrior
}

/**
 * Where EM starts. `'k-means'`: the clusters of one k-means run, `'k-means++'`: the points nearest to each of
 * K seeds, `'random'`: means at K random points, with the data's covariance. Or parameters: means, and
 * weights, covariances or precisions where they are known (the rest comes from the points nearest to each
 * mean), which a fitted mixture is as well. Or responsibilities [n, K].
 */
export type MixtureInit =
  | 'k-means'
  | 'k-means++'
  | 'random'
  | InitialParameters
  | { responsibilities: MatrixLike }

export interface InitialParameters {
  /** [K, d]. */
  means: MatrixLike
  /** [K], positive; they are scaled to sum to 1. */
  weights?: VectorLike
  /** full [K, d, d], tied [d, d], diagonal [K, d], spherical [K]. */
  covariances?: ArrayOfAnyRank
  /** Of the same shapes, inverse covariances; one of the two. */
  precisions?: ArrayOfAnyRank
}

/** What a fit tells while it runs. */
export interface MixtureProgress extends EmInfo {
  /** The run under way, from 0. */
  readonly restart: number
  readonly restarts: number
  /** EM steps done in this run, and at most to be done. */
  readonly iteration: number
  readonly maxIterations: number
}

export interface MixtureFitOptions {
  /** Runs from different starts, of which the one with the highest likelihood is kept. Default 1. */
  restarts?: number
  /** Default 0. */
  seed?: number
  /** Instead of a seed. */
  key?: Key
  /** Default 1e-6: see `convergence`. */
  tolerance?: number
  /**
   * What is held against the tolerance: the rise of the objective in nats per observation (default), or how
   * far the parameters moved, relative to their size.
   */
  convergence?: 'logLikelihood' | 'parameters'
  /** Default 1000. */
  maxIterations?: number
  /** The smallest eigenvalue that a covariance may have, in squared units of the data. Default 0. */
  regularization?: number
  /** Default: `'k-means'` for the first run, `'k-means++'`, which varies more, for the others. */
  init?: MixtureInit
  /** [n], ≥ 0: how many times each observation counts. */
  weights?: VectorLike
  /** [n]: the component of each observation where it is known, else null. Components then keep their numbers. */
  labels?: readonly (number | null)[]
  /** Called after every EM step. */
  onProgress?: (progress: MixtureProgress) => void
  /** Ends the fit after the step under way. */
  signal?: AbortSignal
  /** What an abort does: return the best fit so far (default), or throw the signal's reason. */
  onAbort?: 'return' | 'throw'
  /** Hands out the state of the fit every so many steps (default 10), to be stored and given to `resume`. */
  checkpoint?: { every?: number; save: (bytes: Uint8Array) => void | Promise<void> }
  /** A checkpoint of the same fit of the same data: what follows is what would have followed. */
  resume?: Uint8Array
}
