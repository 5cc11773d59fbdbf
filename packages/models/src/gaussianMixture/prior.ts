import { DomainError, toVector, type VectorLike } from '@variate/core'
import type { DataMoments } from './dataMoments.ts'
import { isDense, type Mixture, type MixtureShape } from './mixture.ts'
import { traceOfWhitened } from './traceOfWhitened.ts'
import { logDeterminant, matrixOffset } from './whiten.ts'

/**
 * A conjugate prior on the parameters, which makes the fit a maximum a posteriori one: no component can
 * collapse on a point. Σ is inverse-Wishart (variances: inverse-gamma), each mean normal about a common one
 * with covariance Σ/κ, the weights Dirichlet. The defaults follow Fraley & Raftery, "Bayesian
 * regularization for normal mixture estimation and model-based clustering" (2007); where they average the
 * variances of columns for diagonal covariances, here each column has its own, so that units do not matter.
 */
export interface MixturePrior {
  /** κ > 0: the observations that the prior counts for where a mean is concerned. Default 0.01. */
  readonly shrinkage?: number | undefined
  /** μ₀ [d]: where means are drawn to. Default: the data's mean. */
  readonly mean?: VectorLike | undefined
  /** ν > d − 1. Default d + 2. */
  readonly degreesOfFreedom?: number | undefined
  /** Λ = scale·I, in squared units of the data. Default: the data's covariance over K^(2/d). */
  readonly scale?: number | undefined
  /** α ≥ 1 of the Dirichlet. Default 1: any weights are as good. */
  readonly concentration?: number | undefined
}

/** A prior with its defaults settled by the data. */
export interface ResolvedPrior {
  readonly shrinkage: number
  readonly mean: Float64Array
  readonly degreesOfFreedom: number
  /** Λ: dense forms [d, d], diagonal [d]; spherical [d], all equal. */
  readonly scale: Float64Array
  readonly concentration: number
}

/** @throws DomainError for hyperparameters out of their domain. */
export function resolvePrior(prior: MixturePrior, shape: MixtureShape, data: DataMoments): ResolvedPrior {
  const { components, dimension: d } = shape
  const { shrinkage = 0.01, degreesOfFreedom = d + 2, concentration = 1 } = prior
  const who = 'gaussianMixture: prior'
  if (!(shrinkage > 0 && shrinkage < Infinity))
    throw new DomainError(`${who}.shrinkage must be > 0, got ${shrinkage}`)
  if (!(degreesOfFreedom > d - 1 && degreesOfFreedom < Infinity)) {
    throw new DomainError(`${who}.degreesOfFreedom must be > d − 1 = ${d - 1}, got ${degreesOfFreedom}`)
  }
  if (!(concentration >= 1 && concentration < Infinity)) {
    throw new DomainError(`${who}.concentration must be ≥ 1, got ${concentration}`)
  }
  if (prior.scale !== undefined && !(prior.scale > 0 && prior.scale < Infinity)) {
    throw new DomainError(`${who}.scale must be > 0, got ${prior.scale}`)
  }
  const mean = prior.mean === undefined ? data.mean : toVector(prior.mean, d, `${who}.mean`)
  const scale =
    prior.scale === undefined
      ? defaultScale(shape, data, components ** (2 / d))
      : scaledIdentity(shape, prior.scale)
  return { shrinkage, mean, degreesOfFreedom, scale, concentration }
}

function defaultScale(
  { dimension, covariance }: MixtureShape,
  data: DataMoments,
  volume: number,
): Float64Array {
  const scale = data.covariance.map((value) => value / volume)
  return covariance === 'spherical'
    ? scale.fill(scale.reduce((sum, value) => sum + value, 0) / dimension)
    : scale
}

function scaledIdentity({ dimension: d, covariance }: MixtureShape, scale: number): Float64Array {
  if (!isDense(covariance)) return new Float64Array(d).fill(scale)
  const matrix = new Float64Array(d * d)
  for (let a = 0; a < d; a++) matrix[a * d + a] = scale
  return matrix
}

/** What the prior adds to the number of observations that a covariance is divided by, at the posterior's mode. */
export function priorCount(
  { components, dimension: d, covariance }: MixtureShape,
  { degreesOfFreedom }: ResolvedPrior,
): number {
  return (
    degreesOfFreedom + { full: d + 2, tied: d + 1 + components, diagonal: 3, spherical: d + 2 }[covariance]
  )
}

/** log p(θ) up to a constant, nats. */
export function logPrior(mixture: Mixture, prior: ResolvedPrior): number {
  const { components, covariance } = mixture
  let sum = 0
  for (let k = 0; k < components; k++) {
    // A component of weight 0 is of no matter where all weights are as good.
    if (prior.concentration > 1) sum += (prior.concentration - 1) * Math.log(mixture.weights[k]!)
    sum +=
      logDeterminant(mixture, mixture.whitening, k) -
      (prior.shrinkage / 2) * squaredDeviation(mixture, prior, k)
    if (covariance !== 'tied' || k === 0) sum += logCovariancePrior(mixture, prior, k)
  }
  return sum
}

/** The inverse-Wishart or inverse-gamma part. log |W| stands for −½ log |Σ|. */
function logCovariancePrior(mixture: Mixture, prior: ResolvedPrior, k: number): number {
  const { dimension: d, covariance, whitening } = mixture
  const { degreesOfFreedom: nu, scale } = prior
  const logDet = logDeterminant(mixture, whitening, k)
  if (covariance === 'diagonal') {
    let trace = 0
    for (let a = 0; a < d; a++) trace += scale[a]! * whitening[k * d + a]! ** 2
    return (nu + 2) * logDet - trace / 2
  }
  if (covariance === 'spherical') return ((nu + 2) * logDet) / d - (scale[0]! * whitening[k * d]! ** 2) / 2
  return (nu + d + 1) * logDet - traceOfWhitened(mixture, k, scale) / 2
}

/** (μₖ − μ₀)ᵀ·Σₖ⁻¹·(μₖ − μ₀). */
function squaredDeviation(mixture: Mixture, prior: ResolvedPrior, k: number): number {
  const { dimension: d, means, covariance, whitening } = mixture
  let sum = 0
  for (let a = 0; a < d; a++) {
    let value = 0
    if (isDense(covariance)) {
      const row = matrixOffset(mixture, k) + a * d
      for (let b = 0; b <= a; b++) value += whitening[row + b]! * (means[k * d + b]! - prior.mean[b]!)
    } else value = whitening[k * d + a]! * (means[k * d + a]! - prior.mean[a]!)
    sum += value * value
  }
  return sum
}
