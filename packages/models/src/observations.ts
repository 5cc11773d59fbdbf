import { DomainError, ShapeError, toMatrix, toVector, type MatrixLike, type VectorLike } from '@variate/core'

/** Observations that a fit has checked. */
export interface Observations {
  /** [n, d], row-major. */
  readonly x: Float64Array
  readonly rows: number
  readonly dimension: number
  readonly weights?: Float64Array
}

/** The data of a fit, checked: finite, rectangular, at least as many observations of some weight as components. */
export function observations(
  who: string,
  components: number,
  x: MatrixLike,
  weights: VectorLike | undefined,
  parts: 'components' | 'clusters' = 'components',
): Observations {
  const { data, shape } = toMatrix(x, `${who}: x`)
  const [rows, dimension] = shape as [number, number]
  if (weights === undefined) {
    requireEnough(who, rows, components, parts, 'observations')
    return { x: data, rows, dimension }
  }
  const checked = toVector(weights, rows, `${who}: weights`)
  const negative = checked.findIndex((weight) => weight < 0)
  if (negative >= 0) {
    throw new DomainError(`${who}: weights must be ≥ 0, got ${checked[negative]} at [${negative}]`)
  }
  const positive = checked.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0)
  if (!Number.isFinite(checked.reduce((sum, weight) => sum + weight, 0))) {
    throw new DomainError(`${who}: the sum of the weights overflows float64: rescale them`)
  }
  if (positive === 0) throw new DomainError(`${who}: weights are all 0: no observation counts`)
  requireEnough(who, positive, components, parts, 'observations of positive weight')
  return { x: data, rows, dimension, weights: checked }
}

/** Observations to evaluate a fitted model on, of its dimension. */
export function newObservations(
  who: string,
  dimension: number,
  x: MatrixLike,
): { x: Float64Array; rows: number } {
  const { data, shape } = toMatrix(x, `${who}: x`)
  if (shape[1] !== dimension) {
    throw new ShapeError(`${who}: the model was fitted to ${dimension} columns, x has shape [${shape}]`)
  }
  return { x: data, rows: shape[0]! }
}

/** `x` as a float64 matrix of a shape that is known. */
export function matrixOfShape(x: MatrixLike, rows: number, columns: number, who: string): Float64Array {
  const { data, shape } = toMatrix(x, who)
  if (shape[0] !== rows || shape[1] !== columns) {
    throw new ShapeError(`${who} must have shape [${rows},${columns}], got [${shape}]`)
  }
  return data
}

/** @throws DomainError unless `count` is a whole number ≥ 1. */
export function requireCount(who: string, name: string, count: number): void {
  if (!Number.isInteger(count) || count < 1) {
    throw new DomainError(`${who}: ${name} must be a whole number ≥ 1, got ${count}`)
  }
}

/** @throws DomainError unless `value` is a finite number ≥ 0. */
export function requireNonNegative(who: string, name: string, value: number): void {
  if (!(value >= 0 && value < Infinity))
    throw new DomainError(`${who}: ${name} must be finite and ≥ 0, got ${value}`)
}

function requireEnough(who: string, count: number, components: number, parts: string, what: string): void {
  if (count < components) {
    throw new DomainError(`${who}: ${components} ${parts} need at least as many ${what}, got ${count}`)
  }
}
