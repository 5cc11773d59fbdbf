import { key, NdArray, type Key, type MatrixLike } from '@variate/core'
import type { EmInfo, RestartOutcome, Termination } from '@variate/inference'
import { logProb, predict, responsibilities } from './evaluate.ts'
import { covarianceShape, parameterCount, type Covariance, type Mixture } from './mixture.ts'
import { sample, type MixtureSample } from './sample.ts'
import { summarize } from './summarize.ts'

/** A mixture of Gaussians with given parameters: what can be asked of it for any data. */
export interface MixtureDensity {
  readonly components: number
  readonly dimension: number
  readonly covariance: Covariance
  /** [K], on the simplex. */
  readonly weights: NdArray<Float64Array>
  /** [K, d], in canonical order: by the first coordinate in which they differ. */
  readonly means: NdArray<Float64Array>
  /** full [K, d, d]; tied [d, d]; diagonal [K, d], variances; spherical [K], variances. */
  readonly covariances: NdArray<Float64Array>
  /** The component of the largest responsibility for each row of x, [n]. */
  predict(x: MatrixLike): NdArray<Int32Array>
  /** p(z = k | x) for each row, [n, K]. */
  responsibilities(x: MatrixLike): NdArray<Float64Array>
  /** log p(x) of each row, nats, [n]. */
  logProb(x: MatrixLike): NdArray<Float64Array>
  /** The mean of `logProb` over the rows: nats per observation. */
  score(x: MatrixLike): number
  /** Draws from the mixture: x [n, d] and the component of each row [n]. */
  sample(count: number, options?: { seed?: number; key?: Key }): MixtureSample
}

/** How the parameters were found. */
export interface MixtureFitRecord {
  /** log p(x | θ) of the data fitted, nats. */
  readonly logLikelihood: number
  /** log p(θ) up to a constant, nats; 0 without a prior. */
  readonly logPrior: number
  /** The number of observations, or the sum of their weights. */
  readonly observations: number
  /** [K]: Σᵢ rᵢₖ, the observations that each component accounts for. */
  readonly counts: NdArray<Float64Array>
  /** Free parameters. */
  readonly parameterCount: number
  /** −2·logLikelihood + parameters·log n: the smaller, the better. Schwarz (1978). */
  readonly bic: number
  /** −2·logLikelihood + 2·parameters. Akaike (1974). */
  readonly aic: number
  /** BIC − 2·Σ log maxₖ rᵢₖ: it also asks for components that are apart. Biernacki, Celeux & Govaert (2000). */
  readonly icl: number
  readonly iterations: number
  /** What each EM step of the run kept told. */
  readonly history: readonly EmInfo[]
  readonly termination: Termination
  /** How each run ended; its score is log-likelihood + log-prior. */
  readonly restarts: readonly RestartOutcome[]
}

export interface GaussianMixtureFit extends MixtureDensity, MixtureFitRecord {
  /** A table of the components, and how the fit ended, as text. */
  summary(options?: { columns?: readonly string[] }): string
  /** Plain JSON, which the model's `fromJSON` reads. */
  toJSON(): MixtureJSON
}

export interface MixtureJSON {
  readonly format: 'variate gaussianMixture'
  readonly version: 1
  readonly components: number
  readonly dimension: number
  readonly covariance: Covariance
  readonly weights: readonly number[]
  readonly means: readonly number[]
  readonly covariances: readonly number[]
  readonly record: Omit<MixtureFitRecord, 'counts'> & { readonly counts: readonly number[] }
}

export function mixtureDensity(mixture: Mixture): MixtureDensity {
  const { components, dimension, covariance } = mixture
  return {
    components,
    dimension,
    covariance,
    weights: new NdArray(mixture.weights, [components]),
    means: new NdArray(mixture.means, [components, dimension]),
    covariances: new NdArray(mixture.covariances, covarianceShape(mixture)),
    predict: (x) => predict(mixture, x),
    responsibilities: (x) => responsibilities(mixture, x),
    logProb: (x) => logProb(mixture, x),
    score(x) {
      const { data } = logProb(mixture, x)
      return data.reduce((sum, value) => sum + value, 0) / data.length
    },
    sample: (count, options = {}) => sample(mixture, count, options.key ?? key(options.seed ?? 0)),
  }
}

/** The information criteria of a fit. */
export function criteria(
  mixture: Mixture,
  logLikelihood: number,
  logCertainty: number,
  observations: number,
): Pick<MixtureFitRecord, 'parameterCount' | 'bic' | 'aic' | 'icl'> {
  const parameters = parameterCount(mixture)
  const bic = -2 * logLikelihood + parameters * Math.log(observations)
  return {
    parameterCount: parameters,
    bic,
    aic: -2 * logLikelihood + 2 * parameters,
    icl: bic - 2 * logCertainty,
  }
}

export function mixtureFit(mixture: Mixture, record: MixtureFitRecord): GaussianMixtureFit {
  const density = mixtureDensity(mixture)
  return {
    ...density,
    ...record,
    summary: (options = {}) => summarize(density, record, options.columns),
    toJSON: () => ({
      format: 'variate gaussianMixture',
      version: 1,
      components: mixture.components,
      dimension: mixture.dimension,
      covariance: mixture.covariance,
      weights: [...mixture.weights],
      means: [...mixture.means],
      covariances: [...mixture.covariances],
      record: { ...record, counts: [...record.counts.data] },
    }),
  }
}
