import { linalg } from '@variate/core'
import { Breakdown } from '@variate/inference/run'
import { isDense, type Mixture, type MixtureShape } from './mixture.ts'

const LOG_TWO_PI = Math.log(2 * Math.PI)

/** What a pivot must keep of its variance, relative to rounding, for a covariance to count as positive definite. */
const PIVOT_TOLERANCE = 8 * Number.EPSILON

/** A mixture's parameters, of the shapes that `Mixture` gives. */
export interface MixtureParameters {
  readonly weights: Float64Array
  readonly means: Float64Array
  readonly covariances: Float64Array
}

/**
 * A mixture from its parameters: each covariance is factorised once, for all points.
 *
 * @returns a `Breakdown` that names the component whose covariance is not positive definite.
 */
export function whiten(shape: MixtureShape, parameters: MixtureParameters): Mixture | Breakdown {
  const { components, dimension, covariance } = shape
  const whitening = isDense(covariance)
    ? invertFactors(shape, parameters.covariances)
    : invertDeviations(shape, parameters.covariances)
  if (whitening instanceof Breakdown) return whitening

  const logNormalizers = new Float64Array(components)
  const constant = (-dimension / 2) * LOG_TWO_PI
  for (let k = 0; k < components; k++) {
    logNormalizers[k] = Math.log(parameters.weights[k]!) + constant + logDeterminant(shape, whitening, k)
  }
  const { weights, means, covariances } = parameters
  return { components, dimension, covariance, weights, means, covariances, whitening, logNormalizers }
}

/** Where the matrix of component k begins in `whitening` and in dense `covariances`. */
export function matrixOffset({ dimension, covariance }: MixtureShape, k: number): number {
  return covariance === 'full' ? k * dimension * dimension : 0
}

/** log |Wₖ| = −½ log |Σₖ|. */
export function logDeterminant(shape: MixtureShape, whitening: Float64Array, k: number): number {
  const d = shape.dimension
  const [offset, stride] = isDense(shape.covariance) ? [matrixOffset(shape, k), d + 1] : [k * d, 1]
  let sum = 0
  for (let a = 0; a < d; a++) sum += Math.log(whitening[offset + a * stride]!)
  return sum
}

function invertFactors(shape: MixtureShape, covariances: Float64Array): Float64Array | Breakdown {
  const { dimension: d, covariance } = shape
  const factors = covariances.slice()
  for (let k = 0; k < factors.length / (d * d); k++) {
    const row = linalg.choleskyInPlace(factors, d, k * d * d, d * PIVOT_TOLERANCE)
    if (row >= 0)
      return new Breakdown(`${covariance === 'tied' ? 'tied' : `component ${k}`}: ${NOT_DEFINITE}`)
    linalg.invertLowerInPlace(factors, d, k * d * d)
  }
  return factors
}

function invertDeviations(shape: MixtureShape, covariances: Float64Array): Float64Array | Breakdown {
  const { components, dimension: d } = shape
  const perComponent = covariances.length / components
  const whitening = new Float64Array(components * d)
  for (let index = 0; index < whitening.length; index++) {
    const variance = covariances[perComponent === 1 ? Math.floor(index / d) : index]!
    if (!(variance > 0 && variance < Infinity)) {
      return new Breakdown(`component ${Math.floor(index / d)}: ${NOT_DEFINITE}`)
    }
    whitening[index] = 1 / Math.sqrt(variance)
  }
  return whitening
}

const NOT_DEFINITE = 'its covariance is not positive definite'
