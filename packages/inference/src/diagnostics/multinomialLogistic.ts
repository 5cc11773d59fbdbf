import { special } from '@variate/core'
import { minimize } from '../optimizers/minimize.ts'
import type { Differentiable } from '../optimizers/lineSearch.ts'

/** Rows of numbers, each of one of `classes` classes. */
export interface ClassifiedRows {
  /** [n, d], row by row. */
  readonly x: Float64Array
  /** [n], which class each row is of, from 0. */
  readonly y: Int32Array
  readonly columns: number
  readonly classes: number
}

export interface LogisticWeights {
  /** A row of coefficients, then the intercept, for each class; of two classes only for the second: its log odds. */
  readonly weights: Float64Array
  readonly converged: boolean
}

/**
 * Multinomial logistic regression: the weights that minimize −Σ log p(yᵢ | xᵢ) + l2 / 2 · Σ w² over the coefficients w, intercepts
 * being free, where p is the softmax of one score a class. Two classes have one score, whose logistic is the probability of the
 * second: a score for each, penalized each, would be the same model with half the penalty.
 *
 * @see Hastie, Tibshirani and Friedman, The Elements of Statistical Learning (2009), section 4.4, and 18.3.2 for the penalty.
 */
export function multinomialLogistic(
  rows: ClassifiedRows,
  l2: number,
  maxIterations: number,
): LogisticWeights {
  const start = new Float64Array(scoresFor(rows.classes) * (rows.columns + 1))
  // Coefficients along which the loss curves least, by l2 / n, are then right to 1e-7, as far as rounding lets them.
  const tolerance = 1e-7 * Math.min(1, l2 / rows.y.length)
  const { x, converged } = minimize(lossOf(rows, l2), start, { tolerance, maxIterations })
  return { weights: x, converged }
}

/** How many scores there are. */
export function scoresFor(classes: number): number {
  return classes === 2 ? 1 : classes
}

/** The logarithms of the probabilities of all classes of one row, which begins at `from` in `x`; `out` takes them. */
export function logProbabilities(
  weights: Float64Array,
  x: Float64Array,
  from: number,
  columns: number,
  out: Float64Array,
): void {
  const scores = scoresFor(out.length)
  for (let k = 0; k < scores; k++) {
    const own = k * (columns + 1)
    let score = weights[own + columns]!
    for (let j = 0; j < columns; j++) score += weights[own + j]! * x[from + j]!
    out[k] = score
  }
  if (out.length === 2) [out[0], out[1]] = [0, out[0]!]
  const total = special.logSumExp(out)
  for (let k = 0; k < out.length; k++) out[k]! -= total
}

/** The penalized loss over n: its gradient is then of the same size, however many rows there are. */
function lossOf({ x, y, columns, classes }: ClassifiedRows, l2: number): Differentiable {
  const n = y.length
  const [scores, width] = [scoresFor(classes), columns + 1]
  const first = classes - scores
  const logs = new Float64Array(classes)
  return (weights) => {
    const gradient = new Float64Array(weights.length)
    let value = 0
    for (let row = 0; row < n; row++) {
      logProbabilities(weights, x, row * columns, columns, logs)
      value -= logs[y[row]!]!
      for (let k = 0; k < scores; k++) {
        const excess = Math.exp(logs[first + k]!) - (y[row] === first + k ? 1 : 0)
        const own = k * width
        for (let j = 0; j < columns; j++) gradient[own + j]! += excess * x[row * columns + j]!
        gradient[own + columns]! += excess
      }
    }
    for (let i = 0; i < weights.length; i++) {
      const isIntercept = i % width === columns
      if (isIntercept) continue
      value += (l2 / 2) * weights[i]! ** 2
      gradient[i]! += l2 * weights[i]!
    }
    return { value: value / n, gradient: gradient.map((g) => g / n) }
  }
}
