/** The covariance forms: one matrix a component, one for all, variances along the axes, one variance. */
export type Covariance = 'full' | 'tied' | 'diagonal' | 'spherical'

export const COVARIANCES: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']

/** The size of a mixture: components, variables, and the form of its covariances. */
export interface MixtureShape {
  readonly components: number
  readonly dimension: number
  readonly covariance: Covariance
}

/** The parameters of a mixture of Gaussians, row-major, with what its density needs computed once. */
export interface Mixture extends MixtureShape {
  /** [K], on the simplex. */
  readonly weights: Float64Array
  /** [K, d]. */
  readonly means: Float64Array
  /** full [K, d, d]; tied [d, d]; diagonal [K, d], variances; spherical [K], variances. */
  readonly covariances: Float64Array
  /**
   * W with Σ⁻¹ = Wᵀ·W, so that W·(x − μ) is standard normal. full [K, d, d] and tied [d, d], lower-triangular;
   * diagonal and spherical [K, d], 1/σ.
   */
  readonly whitening: Float64Array
  /** [K]: log wₖ + log |Wₖ| − d/2 · log 2π, the part of the log joint density that no x enters. */
  readonly logNormalizers: Float64Array
}

/** Whether the form has off-diagonal elements. */
export function isDense(covariance: Covariance): boolean {
  return covariance === 'full' || covariance === 'tied'
}

/** The shape of `covariances` for a mixture of this form. */
export function covarianceShape({ components, dimension, covariance }: MixtureShape): number[] {
  switch (covariance) {
    case 'full':
      return [components, dimension, dimension]
    case 'tied':
      return [dimension, dimension]
    case 'diagonal':
      return [components, dimension]
    case 'spherical':
      return [components]
  }
}

/** The number of free parameters: K − 1 weights, K·d means, and what the covariance form has. */
export function parameterCount({ components, dimension, covariance }: MixtureShape): number {
  const triangle = (dimension * (dimension + 1)) / 2
  const covariances = {
    full: components * triangle,
    tied: triangle,
    diagonal: components * dimension,
    spherical: components,
  }
  return components - 1 + components * dimension + covariances[covariance]
}
