import { isDense, type MixtureShape } from './mixture.ts'

/** Moments of each component's observations about a centre of its own. */
export interface Moments {
  /** [K]: Σᵢ rᵢₖ. */
  readonly counts: Float64Array
  /** [K, d]: Σᵢ rᵢₖ·(xᵢ − cₖ). */
  readonly first: Float64Array
  /** Σᵢ rᵢₖ·(xᵢ − cₖ)(xᵢ − cₖ)ᵀ: full and tied [K, d(d+1)/2], lower triangles by rows; else [K, d], the diagonal. */
  readonly second: Float64Array
}

/**
 * Expected sufficient statistics of a mixture for some data, additive over blocks of data. Moments are taken
 * about `centers` (the means that the E-step used), so that no digits cancel.
 */
export interface MixtureStatistics extends MixtureShape, Moments {
  /** [K, d]. */
  readonly centers: Float64Array
  /** log p(x | θ), nats. */
  readonly logLikelihood: number
  /** The number of observations, or the sum of their weights. */
  readonly weight: number
}

export function zeroStatistics(shape: MixtureShape, centers: Float64Array): MixtureStatistics {
  const { components, dimension, covariance } = shape
  return {
    components,
    dimension,
    covariance,
    centers,
    counts: new Float64Array(components),
    first: new Float64Array(components * dimension),
    second: new Float64Array(components * momentsPerComponent(shape)),
    logLikelihood: 0,
    weight: 0,
  }
}

/** The statistics of two blocks of data together, both taken with the same mixture. */
export function addStatistics(a: MixtureStatistics, b: MixtureStatistics): MixtureStatistics {
  const sum = (x: Float64Array, y: Float64Array): Float64Array => x.map((value, index) => value + y[index]!)
  return {
    ...a,
    counts: sum(a.counts, b.counts),
    first: sum(a.first, b.first),
    second: sum(a.second, b.second),
    logLikelihood: a.logLikelihood + b.logLikelihood,
    weight: a.weight + b.weight,
  }
}

/** Numbers that `second` holds for each component. */
export function momentsPerComponent({ dimension, covariance }: MixtureShape): number {
  return isDense(covariance) ? (dimension * (dimension + 1)) / 2 : dimension
}
