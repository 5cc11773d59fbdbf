import type { Key } from '@variate/core'
import type { Family } from '@variate/families'

/** The standard deviations of the normal priors. */
export interface PriorScales {
  /** Of each coefficient. */
  readonly scale: number
  readonly intercept: number
}

/** The priors of the weights, N(0, scale²), independent of each other. */
export interface RegressionPrior {
  /** The standard deviation of each coefficient; 1, if not given. With `standardize` it is per standard deviation of the column. */
  readonly scale?: number | undefined
  /** That of the intercept; `scale`, if not given. */
  readonly intercept?: number | undefined
}

export interface RegressionOptions {
  readonly prior?: RegressionPrior | undefined
  /** Whether there is an intercept; true, if not given. */
  readonly intercept?: boolean | undefined
  /**
   * Whether columns are shifted to the mean 0 and scaled to the standard deviation 1 (over n, not n − 1) beforehand; false, if not
   * given. Weights are then those of the scaled columns; `predict` scales what it is given alike.
   */
  readonly standardize?: boolean | undefined
  /**
   * The distributions among which the posterior's nearest is sought: a normal with any covariance (default), independent normals, or a
   * family of one's own, which should begin near the posterior: only the first two are placed there beforehand.
   */
  readonly family?: 'fullRank' | 'meanField' | Family<ReparameterizedKinds> | undefined
}

interface ReparameterizedKinds {
  readonly continuous: 'reparameterized'
  readonly discrete: boolean
}

export interface LinearRegressionPrior extends RegressionPrior {
  /** The scale of the half-Cauchy prior of the noise; 1, if not given. */
  readonly noise?: number | undefined
}

export interface LinearRegressionOptions extends RegressionOptions {
  readonly prior?: LinearRegressionPrior | undefined
  /** The standard deviation of the noise where it is known: the posterior is then exact, and `family` is not used. */
  readonly noise?: number | undefined
}

/** What a fit tells while it runs. */
export interface RegressionProgress {
  /** Steps done, of how many. */
  readonly step: number
  readonly steps: number
  /** The last estimate of the evidence lower bound, in nats. */
  readonly objective: number
}

export interface RegressionFitOptions {
  /** Default 0. */
  readonly seed?: number | undefined
  /** Instead of a seed. */
  readonly key?: Key | undefined
  /** Steps of stochastic ascent. Default 2000. */
  readonly steps?: number | undefined
  /** How many observations a step takes, at random; all, if not given. */
  readonly batch?: number | undefined
  readonly onProgress?: ((progress: RegressionProgress) => unknown) | undefined
  /** Ends the fit after the steps under way: it is then of what was reached. */
  readonly signal?: AbortSignal | undefined
}

/** Where predictions are to be told of with intervals. */
export interface PredictOptions {
  /** The probability of the interval, its two tails being equal. Default 0.9. */
  readonly level?: number | undefined
}
