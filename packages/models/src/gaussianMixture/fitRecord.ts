import type { NdArray } from '@variate/core'
import type { EmInfo, RestartOutcome, Termination } from '@variate/inference/run'
import { parameterCount, type Mixture } from './mixture.ts'

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
