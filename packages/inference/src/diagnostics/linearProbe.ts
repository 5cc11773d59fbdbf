import { DomainError, NdArray, ShapeError, toMatrix, type MatrixLike } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Randomness } from '@variate/language'
import { keyFrom } from '../keyFrom.ts'
import { classLabels, type ClassLabels } from './classLabels.ts'
import { logisticClassifier } from './logisticClassifier.ts'
import { multinomialLogistic } from './multinomialLogistic.ts'
import { stratifiedSplit } from './stratifiedSplit.ts'

export type LinearProbeOptions = Randomness & {
  /** Of each class, the share of rows that are only for the test; 0.25, if not given. */
  readonly testShare?: number | undefined
  /** λ of the penalty λ/2 Σ w² of the coefficients, beside the summed loss: 1/C of scikit-learn. 1, if not given. */
  readonly l2?: number | undefined
  /** 1,000, if not given. */
  readonly maxIterations?: number | undefined
}

/** How well a linear classifier tells classes by the latents alone. */
export interface LinearProbe<Label extends number | string = number | string> {
  /** In ascending order. */
  readonly classes: readonly Label[]
  /** The share of rows whose most probable class is their own, of those that the probe has not seen. */
  readonly testAccuracy: number
  readonly trainAccuracy: number
  /** A row a class, [k, d]; of two classes one, [1, d]: of the log odds of the second. */
  readonly coefficients: NdArray<Float64Array>
  /** [k]; of two classes [1]. */
  readonly intercepts: NdArray<Float64Array>
  /** The rows that were fitted, and those that were left for the test. */
  readonly train: Int32Array
  readonly test: Int32Array
  /** Whether the weights are the best there are; otherwise they are those after `maxIterations`. */
  readonly converged: boolean
  /** The probability of each class, in their order, of rows [m, d]: [m, k]. */
  probabilities(x: MatrixLike): NdArray<Float64Array>
  /** The most probable class of each row. */
  predict(x: MatrixLike): Label[]
  /** The share of rows whose most probable class is their label: for data of their own. */
  accuracy(x: MatrixLike, labels: ClassLabels<Label>): number
}

const WHO = 'linearProbe'

/**
 * Multinomial logistic regression of labels on latents, fitted to a part of the rows and tested on the rest: what a latent space
 * knows of classes that nobody told it. The penalty and the free intercepts are those of scikit-learn's `LogisticRegression`, and
 * so are the weights.
 *
 * @param latents of each observation, [n, d]: the means of their posteriors.
 * @param labels of each, [n].
 * @param options the split, the penalty, and where the random numbers of the split come from.
 * @throws ShapeError for ragged rows or another number of labels; DomainError for what is not finite, a single class, a class of
 *   one row, no seed, and options out of range.
 * @see Alain and Bengio, Understanding intermediate layers using linear classifier probes (ICLR workshop 2017).
 *
 * @example
 * ```ts
 * import { linearProbe } from '@variate/inference'
 *
 * const latents = [[-1.2, 0.1], [-0.9, -0.3], [-1.1, 0.4], [0.8, 0.2], [1.3, -0.1], [0.9, -0.4]]
 * const probe = linearProbe(latents, ['cat', 'cat', 'cat', 'dog', 'dog', 'dog'], { seed: 0 })
 * probe.testAccuracy // => 1
 * probe.predict([[1, 0]]) // => ['dog']
 * ```
 */
export function linearProbe<Label extends number | string = number>(
  latents: MatrixLike,
  labels: ClassLabels<Label>,
  options: LinearProbeOptions,
): LinearProbe<Label> {
  const { testShare = 0.25, l2 = 1, maxIterations = 1000 } = options ?? {}
  const x = toMatrix(latents, `${WHO}: latents`)
  const [n, columns] = [x.shape[0]!, x.shape[1]!]
  const own = classLabels(labels, n, `${WHO}: labels`)
  const classes = [...new Set(own)].toSorted((a, b) => (a < b ? -1 : 1))
  checkOptions(classes, testShare, l2, maxIterations)
  const places = new Map(classes.map((label, k) => [label, k]))
  const y = Int32Array.from(own, (label) => places.get(label)!)
  const { train, test } = stratifiedSplit(keyFrom(WHO, options), y, classes, testShare, WHO)
  const rows = {
    x: rowsOf(x, train).data,
    y: Int32Array.from(train, (row) => y[row]!),
    columns,
    classes: classes.length,
  }
  const { weights, converged } = multinomialLogistic(rows, l2, maxIterations)

  const classifier = logisticClassifier(weights, columns, classes.length)
  const predict = (at: NdArray<Float64Array>): Label[] => classifier.mostProbable(at).map((k) => classes[k]!)
  const accuracy = (at: NdArray<Float64Array>, expected: readonly Label[]): number =>
    predict(at).filter((label, row) => label === expected[row]).length / expected.length
  const accuracyOf = (part: Int32Array): number =>
    accuracy(
      rowsOf(x, part),
      Array.from(part, (row) => own[row]!),
    )
  const matrix = (at: MatrixLike, name: string): NdArray<Float64Array> =>
    latentsLike(at, columns, `${WHO}.${name}: x`)
  return {
    classes,
    testAccuracy: accuracyOf(test),
    trainAccuracy: accuracyOf(train),
    coefficients: classifier.coefficients,
    intercepts: classifier.intercepts,
    train,
    test,
    converged,
    probabilities: (at) => classifier.probabilities(matrix(at, 'probabilities')),
    predict: (at) => predict(matrix(at, 'predict')),
    accuracy: (at, expected) => {
      const points = matrix(at, 'accuracy')
      return accuracy(points, classLabels(expected, points.shape[0]!, `${WHO}.accuracy: labels`))
    },
  }
}

function checkOptions(
  classes: readonly (number | string)[],
  testShare: number,
  l2: number,
  maxIterations: number,
): void {
  if (classes.length < 2)
    throw new DomainError(`${WHO}: labels must be of two classes or more, all are ${classes[0]}`)
  if (!(testShare > 0 && testShare < 1))
    throw new DomainError(`${WHO}: testShare must be between 0 and 1, got ${shown(testShare)}`)
  // Without a penalty, weights of classes that can be told apart grow for ever.
  if (!(l2 > 0 && l2 < Infinity)) throw new DomainError(`${WHO}: l2 must be > 0, got ${shown(l2)}`)
  if (!(Number.isInteger(maxIterations) && maxIterations >= 1))
    throw new DomainError(`${WHO}: maxIterations must be a whole number ≥ 1, got ${shown(maxIterations)}`)
}

function latentsLike(x: MatrixLike, columns: number, who: string): NdArray<Float64Array> {
  const matrix = toMatrix(x, who)
  if (matrix.shape[1] !== columns)
    throw new ShapeError(
      `${who} must have shape [m, ${columns}], as many columns as the latents, got [${matrix.shape}]`,
    )
  return matrix
}

function rowsOf({ data, shape }: NdArray<Float64Array>, rows: Int32Array): NdArray<Float64Array> {
  const columns = shape[1]!
  const out = new Float64Array(rows.length * columns)
  for (const [i, row] of rows.entries())
    out.set(data.subarray(row * columns, (row + 1) * columns), i * columns)
  return new NdArray(out, [rows.length, columns])
}
