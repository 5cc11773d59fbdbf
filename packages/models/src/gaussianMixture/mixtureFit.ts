import type { MixtureFitRecord } from './fitRecord.ts'
import type { Covariance, Mixture } from './mixture.ts'
import { mixtureDensity, type MixtureDensity } from './mixtureDensity.ts'
import { summarize } from './summarize.ts'

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
