import { NdArray } from '@variate/core'
import { logProbabilities, scoresFor } from './multinomialLogistic.ts'

/** Classes by their number, of rows [m, d]. */
export interface LogisticClassifier {
  /** One row a score, [scores, d]. */
  readonly coefficients: NdArray<Float64Array>
  /** [scores] */
  readonly intercepts: NdArray<Float64Array>
  /** [m, classes] */
  probabilities(x: NdArray<Float64Array>): NdArray<Float64Array>
  /** [m]; of several that are as probable the first. */
  mostProbable(x: NdArray<Float64Array>): number[]
}

/** What the weights of `multinomialLogistic` make of rows. */
export function logisticClassifier(
  weights: Float64Array,
  columns: number,
  classes: number,
): LogisticClassifier {
  const scores = scoresFor(classes)
  const coefficients = new Float64Array(scores * columns)
  const intercepts = new Float64Array(scores)
  for (let k = 0; k < scores; k++) {
    const own = weights.subarray(k * (columns + 1), (k + 1) * (columns + 1))
    coefficients.set(own.subarray(0, columns), k * columns)
    intercepts[k] = own[columns]!
  }
  const probabilities = (x: NdArray<Float64Array>): NdArray<Float64Array> => {
    const rows = x.shape[0]!
    const out = new Float64Array(rows * classes)
    for (let row = 0; row < rows; row++) {
      const place = out.subarray(row * classes, (row + 1) * classes)
      logProbabilities(weights, x.data, row * columns, columns, place)
      for (let k = 0; k < classes; k++) place[k] = Math.exp(place[k]!)
    }
    return new NdArray(out, [rows, classes])
  }
  return {
    coefficients: new NdArray(coefficients, [scores, columns]),
    intercepts: new NdArray(intercepts, [scores]),
    probabilities,
    mostProbable: (x) => {
      const { data } = probabilities(x)
      return Array.from({ length: x.shape[0]! }, (_, row) => {
        const own = data.subarray(row * classes, (row + 1) * classes)
        return own.indexOf(Math.max(...own))
      })
    },
  }
}
