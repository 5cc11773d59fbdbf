import { key, NdArray, type Key, type MatrixLike } from '@variate/core'
import { logProb, predict, responsibilities } from './evaluate.ts'
import { covarianceShape, type Covariance, type Mixture } from './mixture.ts'
import { sample, type MixtureSample } from './sample.ts'

/** A mixture of Gaussians with given parameters: what can be asked of it for any data. */
export interface MixtureDensity {
  readonly components: number
  readonly dimension: number
  readonly covariance: Covariance
  /** [K], on the simplex. */
  readonly weights: NdArray<Float64Array>
  /** [K, d]. A fit has them in canonical order: by the first coordinate in which they differ. */
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
