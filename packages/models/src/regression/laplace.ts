import { linalg, NumericalError } from '@variate/core'
import type { Response } from './response.ts'

/** Data of a regression: the weights are the coefficients, and the intercept last, whose column of ones is not in x. */
export interface RegressionData {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly exposure: Float64Array
  readonly rows: number
  readonly columns: number
  /** How many weights there are: one more than columns where there is an intercept. */
  readonly size: number
  /** 1/s² of each weight's prior. */
  readonly precision: Float64Array
}

/** The mode of the weights' posterior at some noise, and the factor L of its curvature there, H = L·Lᵀ. */
export interface Laplace {
  readonly mode: Float64Array
  /** [size, size], lower triangular. */
  readonly factor: Float64Array
}

const MOST_STEPS = 100
const TOLERANCE = 1e-10

/**
 * Newton's method with step halving: log p(y, w) is strictly concave in w, so that there is one mode.
 *
 * @throws NumericalError where the curvature is no positive definite matrix to rounding.
 */
export function laplace(
  who: string,
  response: Response,
  data: RegressionData,
  noise: number,
  from: Float64Array = new Float64Array(data.size),
): Laplace {
  let mode = from
  let before = logJoint(response, data, noise, mode)
  for (let step = 0; ; step++) {
    const { gradient, factor } = derivatives(who, response, data, noise, mode)
    const direction = solve(factor, gradient)
    const gain = direction.reduce((sum, value, i) => sum + value * gradient[i]!, 0)
    if (gain <= TOLERANCE || step === MOST_STEPS) return { mode, factor }
    let length = 1
    for (;;) {
      const next = mode.map((value, i) => value + length * direction[i]!)
      const log = logJoint(response, data, noise, next)
      if (log >= before) {
        mode = next
        before = log
        break
      }
      length /= 2
      // To rounding, it is there.
      if (length < 1e-12) return { mode, factor }
    }
  }
}

/** The linear predictor at row i. */
export function predictor(
  { x, columns, size }: Pick<RegressionData, 'x' | 'columns' | 'size'>,
  weights: Float64Array,
  row: number,
  from = 0,
): number {
  let eta = size > columns ? weights[from + columns]! : 0
  for (let a = 0; a < columns; a++) eta += x[row * columns + a]! * weights[from + a]!
  return eta
}

function logJoint(response: Response, data: RegressionData, noise: number, weights: Float64Array): number {
  let log = 0
  for (let i = 0; i < data.rows; i++)
    log += response.logProb(data.y[i]!, predictor(data, weights, i), noise, data.exposure[i]!)
  for (let a = 0; a < data.size; a++) log -= 0.5 * data.precision[a]! * weights[a]! ** 2
  return log
}

function derivatives(
  who: string,
  response: Response,
  data: RegressionData,
  noise: number,
  weights: Float64Array,
): { readonly gradient: Float64Array; readonly factor: Float64Array } {
  const { x, y, exposure, rows, columns, size, precision } = data
  const gradient = weights.map((weight, a) => -precision[a]! * weight)
  const factor = new Float64Array(size * size)
  for (let a = 0; a < size; a++) factor[a * size + a] = precision[a]!
  const row = new Float64Array(size).fill(1)
  for (let i = 0; i < rows; i++) {
    row.set(x.subarray(i * columns, (i + 1) * columns))
    const eta = predictor(data, weights, i)
    const slope = response.slope(y[i]!, eta, noise, exposure[i]!)
    const curvature = response.curvature(eta, noise, exposure[i]!)
    for (let a = 0; a < size; a++) {
      gradient[a]! += slope * row[a]!
      for (let b = 0; b <= a; b++) factor[a * size + b]! += curvature * row[a]! * row[b]!
    }
  }
  const bad = linalg.choleskyInPlace(factor, size)
  if (bad < 0) return { gradient, factor }
  throw new NumericalError(
    `${who}: the curvature of weight ${bad} is lost to rounding: columns of x are too far from the size of each other, standardize them`,
  )
}

/** H⁻¹·b of the factor of H. */
function solve(factor: Float64Array, b: Float64Array): Float64Array {
  return backward(factor, forward(factor, b))
}

/** L⁻¹·b. */
export function forward(factor: Float64Array, b: Float64Array): Float64Array {
  const size = b.length
  const out = b.slice()
  for (let a = 0; a < size; a++) {
    for (let c = 0; c < a; c++) out[a]! -= factor[a * size + c]! * out[c]!
    out[a]! /= factor[a * size + a]!
  }
  return out
}

/** L⁻ᵀ·b. */
export function backward(factor: Float64Array, b: Float64Array): Float64Array {
  const size = b.length
  const out = b.slice()
  for (let a = size - 1; a >= 0; a--) {
    for (let c = a + 1; c < size; c++) out[a]! -= factor[c * size + a]! * out[c]!
    out[a]! /= factor[a * size + a]!
  }
  return out
}
