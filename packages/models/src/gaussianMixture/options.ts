import type { ArrayOfAnyRank, Key, NdArray, MatrixLike, VectorLike } from '@variate/core'
import type { EmInfo } from '@variate/inference/run'
import type { Covariance } from './mixture.ts'
import type { MixturePrior } from './prior.ts'

export interface GaussianMixtureOptions {
  /** K ≥ 1. */
  components: number
  /** Default `'full'`. */
  covariance?: Covariance | undefined
  /** Makes the fit a maximum a posteriori one. `{}` for the defaults of Fraley & Raftery (2007). */
  prior?: MixturePrior | undefined
}

/** The options of a mixture with their defaults settled. */
export interface MixtureSpecification {
  readonly components: number
  readonly covariance: Covariance
  readonly prior?: MixturePrior | undefined
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
  weights?: VectorLike | undefined
  /** full [K, d, d], tied [d, d], diagonal [K, d], spherical [K]. */
  covariances?: ArrayOfAnyRank | undefined
  /** Of the same shapes, inverse covariances; one of the two. */
  precisions?: ArrayOfAnyRank | undefined
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
  restarts?: number | undefined
  /** Default 0. */
  seed?: number | undefined
  /** Instead of a seed. */
  key?: Key | undefined
  /** Default 1e-6: see `convergence`. */
  tolerance?: number | undefined
  /**
   * What is held against the tolerance: the rise of the objective in nats per observation (default), or how
   * far the parameters moved, relative to their size.
   */
  convergence?: 'logLikelihood' | 'parameters' | undefined
  /** Default 1000. */
  maxIterations?: number | undefined
  /** The smallest eigenvalue that a covariance may have, in squared units of the data. Default 0. */
  regularization?: number | undefined
  /** Default: `'k-means'` for the first run, `'k-means++'`, which varies more, for the others. */
  init?: MixtureInit | undefined
  /** [n], ≥ 0: how many times each observation counts. */
  weights?: VectorLike | undefined
  /** [n]: the component of each observation where it is known, else null. Components then keep their numbers. */
  labels?: readonly (number | null)[] | Int32Array | NdArray<Int32Array> | undefined
  /** Called after every EM step, and awaited where it returns a promise. */
  onProgress?: ((progress: MixtureProgress) => unknown) | undefined
  /** Ends the fit after the step under way. */
  signal?: AbortSignal | undefined
  /** What an abort does: return the best fit so far (default), or throw the signal's reason. */
  onAbort?: 'return' | 'throw' | undefined
  /**
   * Hands out the state of the fit every so many steps (default 10), to be stored and given to `resume`. A
   * `save` that fails ends the fit with its error: what it could not store would be missed later.
   */
  checkpoint?: { every?: number; save: (bytes: Uint8Array) => unknown } | undefined
  /**
   * A checkpoint of a fit of the same data with the same options: what follows is what would have followed.
   * Only `restarts`, `maxIterations`, `tolerance` and the callbacks may differ.
   */
  resume?: Uint8Array | undefined
}

/** The options that make the problem, apart from those that say how to run. */
export type MixtureDataOptions = Pick<MixtureFitOptions, 'init' | 'weights' | 'labels' | 'regularization'>
