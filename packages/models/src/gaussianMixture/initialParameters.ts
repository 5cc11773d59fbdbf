import { DomainError, linalg, toArray, toVector, type MatrixLike, type VectorLike } from '@variate/core'
import { Breakdown } from '@variate/inference/run'
import { matrixOfShape } from '../observations.ts'
import { pickRows } from './countedRows.ts'
import { startFromAssignment, startFromCenters, type Start } from './initialize.ts'
import { covarianceShape, isDense, type Mixture, type MixtureShape } from './mixture.ts'
import type { InitialParameters } from './options.ts'
import { whiten } from './whiten.ts'

const WHO = 'gaussianMixture.fit: init'

/**
 * A start from parameters that are given; what is not given comes from the points nearest to each mean.
 *
 * @throws ShapeError or DomainError, naming the parameter.
 */
export function startFromParameters(start: Start, init: InitialParameters): Mixture {
  const { shape } = start
  const { components, dimension } = shape
  const means = matrixOfShape(init.means, components, dimension, `${WHO}.means`)
  const given = {
    weights:
      init.weights === undefined ? undefined : initialWeights(init.weights, components, `${WHO}.weights`),
    covariances: initialCovariances(init, shape, `${WHO}.`),
  }
  const rest = given.weights && given.covariances ? undefined : startFromCenters(start, means)
  const weights = given.weights ?? rest!.weights
  const covariances = given.covariances ?? rest!.covariances
  const mixture = whiten(shape, { weights, means, covariances })
  if (mixture instanceof Breakdown) throw new DomainError(`${WHO}: ${mixture.site}`)
  return mixture
}

/** @throws DomainError unless the rows are probabilities. */
export function startFromResponsibilities(start: Start, given: MatrixLike): Mixture {
  const { components } = start.shape
  const responsibilities = matrixOfShape(given, start.rows, components, `${WHO}.responsibilities`).slice()
  for (let i = 0; i < start.rows; i++) {
    const row = responsibilities.subarray(i * components, (i + 1) * components)
    const sum = row.reduce((total, value) => total + value, 0)
    if (row.some((value) => value < 0) || Math.abs(sum - 1) > 1e-6) {
      throw new DomainError(`${WHO}.responsibilities must be ≥ 0 and sum to 1, got [${row}] at row ${i}`)
    }
    // What a rounded row lacks or has beyond 1 would count as observations lost or gained.
    row.forEach((value, k) => (row[k] = value / sum))
  }
  const shares = pickRows(responsibilities, start.counted, components)
  const mixture = startFromAssignment(start, (i, k) => shares[i * components + k]!)
  if (mixture instanceof Breakdown) throw new DomainError(`${WHO}.responsibilities: ${mixture.site}`)
  return mixture
}

/** Weights scaled to sum to 1. */
export function initialWeights(weights: VectorLike, components: number, who: string): Float64Array {
  const values = toVector(weights, components, who)
  const bad = values.findIndex((value) => value < 0)
  if (bad >= 0) throw new DomainError(`${who} must be ≥ 0, got ${values[bad]} at [${bad}]`)
  const sum = values.reduce((total, value) => total + value, 0)
  if (sum === 0) throw new DomainError(`${who} are all 0`)
  return values.map((value) => value / sum)
}

/** Covariances that are given as such or by their inverses; undefined where neither is. */
export function initialCovariances(
  { covariances, precisions }: InitialParameters,
  shape: MixtureShape,
  who: string,
): Float64Array | undefined {
  if (covariances !== undefined && precisions !== undefined) {
    throw new DomainError(`${who}covariances: give them or precisions, not both`)
  }
  const given = covariances ?? precisions
  if (given === undefined) return undefined
  const name = `${who}${covariances === undefined ? 'precisions' : 'covariances'}`
  const values = toArray(given, covarianceShape(shape), name)
  if (!isDense(shape.covariance)) {
    const bad = values.findIndex((value) => value <= 0)
    if (bad >= 0) throw new DomainError(`${name} must be > 0, got ${values[bad]}`)
    return covariances === undefined ? values.map((value) => 1 / value) : values
  }
  const d = shape.dimension
  for (let at = 0; at < values.length; at += d * d) {
    requireDefinite(values, d, at, `${name}[${at / (d * d)}]`)
    if (covariances === undefined) invertDefinite(values, d, at)
  }
  return values
}

function requireDefinite(values: Float64Array, d: number, at: number, who: string): void {
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < a; b++) {
      const [lower, upper] = [values[at + a * d + b]!, values[at + b * d + a]!]
      const size = Math.sqrt(Math.abs(values[at + a * d + a]! * values[at + b * d + b]!))
      if (Math.abs(lower - upper) > 1e-8 * size) {
        throw new DomainError(
          `${who} must be symmetric, got ${lower} at [${a},${b}] and ${upper} at [${b},${a}]`,
        )
      }
    }
  }
  if (linalg.choleskyInPlace(values.slice(at, at + d * d), d) >= 0) {
    throw new DomainError(`${who} must be positive definite`)
  }
}

/** A⁻¹ = L⁻ᵀ·L⁻¹ in place of A. */
function invertDefinite(values: Float64Array, d: number, at: number): void {
  const inverse = values.slice(at, at + d * d)
  linalg.choleskyInPlace(inverse, d)
  linalg.invertLowerInPlace(inverse, d)
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0
      for (let c = a; c < d; c++) sum += inverse[c * d + a]! * inverse[c * d + b]!
      values[at + a * d + b] = values[at + b * d + a] = sum
    }
  }
}
