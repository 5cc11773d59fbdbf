import type * as tf from '@tensorflow/tfjs-core'
import { key, ndarray, type NdArray } from '@variate/core'
import {
  add,
  cholesky,
  constant,
  div,
  drawNormal,
  exp,
  logDeterminant,
  logSumExp,
  matMul,
  matVec,
  max,
  mul,
  neg,
  sigmoid,
  softplus,
  solvePositive,
  squaredMahalanobis,
  sub,
  triangularSolve,
  sum,
  square,
  transpose,
} from '@variate/core/ops'
import { grad, loop } from '../../src/index.ts'

type Program = (...arrays: tf.Tensor[]) => tf.Tensor | Readonly<Record<string, tf.Tensor>>

/** A program of which pieces are large, and arrays of these shapes that it takes. */
export interface Case {
  readonly name: string
  readonly shapes: readonly (readonly number[])[]
  readonly program: Program
  /** Whether a piece of it is divided. */
  readonly isDivided: boolean
}

/** Numbers from −1 to 1 without pattern. */
export function numbers(shape: readonly number[], seed: number): NdArray<Float64Array> {
  const size = shape.reduce((a, b) => a * b, 1)
  const data = Float64Array.from({ length: size }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453
    return 2 * (x - Math.floor(x)) - 1
  })
  return ndarray(data, [...shape])
}

const given = (name: string, shapes: Case['shapes'], program: Program, isDivided = true): Case => ({
  name,
  shapes,
  program,
  isDivided,
})

export const CASES: readonly Case[] = [
  given(
    'a product',
    [
      [131, 300],
      [300, 77],
    ],
    (a, b) => matMul(a!, b!),
  ),
  given(
    'a product of many terms, of a transposed matrix',
    [
      [700, 150],
      [700, 90],
    ],
    (a, b) => matMul(a!, b!, { transposeA: true }),
  ),
  given(
    'a product by a transposed matrix, and what is made of it',
    [[128, 200], [130, 200], [130]],
    (a, b, c) => sigmoid(add(matMul(a!, b!, { transposeB: true }), c!)),
  ),
  given(
    'a small product',
    [
      [4, 5],
      [5, 6],
    ],
    (a, b) => matMul(a!, b!),
    false,
  ),
  given('elements', [[50_003]], (x) => softplus(mul(3, x!))),
  given('elements in rows of another length than vectors have', [[601, 203], [203]], (x, y) =>
    exp(mul(sigmoid(x!), y!)),
  ),
  given('elements of few rows', [[2, 80_000]], (x) => sigmoid(x!)),
  given(
    'elements of transposed axes',
    [
      [300, 401],
      [401, 300],
    ],
    (x, y) => mul(transpose(x!), sigmoid(y!)),
  ),
  given('a sum of all', [[300_011]], (x) => sum(square(x!))),
  given('sums of columns', [[20_001, 13]], (x) => sum(mul(x!, x!), 0)),
  given('sums and maxima of rows', [[997, 401]], (x) => ({ sum: sum(square(x!), 1), max: max(x!, 1) })),
  given('the largest of all', [[400_003]], (x) => max(mul(x!, sub(1, x!)))),
  given('short rows', [[60_001, 3]], (x) => sum(square(x!), 1)),
  given('sums over short rows', [[50_001, 3]], (x) => ({ all: sum(exp(x!)), columns: sum(x!, 0) })),
  given('softmax of rows', [[300, 211]], (x) => {
    const e = exp(sub(x!, max(x!, 1, true)))
    return div(e, sum(e, 1, true))
  }),
  given('the gradient of a logistic regression', [[8_003, 17], [17]], (x, w) => {
    const loss = (v: tf.Tensor): tf.Tensor => {
      const eta = matVec(x!, v)
      return sum(sub(softplus(eta), mul(0.3, eta)))
    }
    return grad(loss)(w!)
  }),
  given('log Σ exp', [[500, 700]], (x) => logSumExp(mul(2, x!), 1)),
  given('factors of matrices', [[400, 12, 12]], (x) =>
    cholesky(add(matMul(x!, x!, { transposeB: true }), mul(5, constant(eye(12))))),
  ),
  given(
    'products of many matrices',
    [
      [60, 33, 40],
      [60, 40, 35],
    ],
    (a, b) => matMul(a!, b!),
  ),
  given(
    'systems of equations',
    [
      [300, 12, 12],
      [300, 12, 3],
    ],
    (x, b) => {
      const a = add(matMul(x!, x!, { transposeB: true }), mul(5, constant(eye(12))))
      return { positive: solvePositive(a, b!), triangular: triangularSolve(a, b!) }
    },
  ),
  given(
    'densities of normals',
    [
      [40, 8, 8],
      [500, 1, 8],
    ],
    (x, d) => {
      const a = add(matMul(x!, x!, { transposeB: true }), mul(5, constant(eye(8))))
      return { squared: squaredMahalanobis(a, d!), logs: logDeterminant(a) }
    },
  ),
  given('draws', [[4]], (x) => add(drawNormal(key(8), [50_002]), sum(x!))),
  given('a loop with draws', [[64, 400]], (x) => {
    const { state } = loop(
      (y: tf.Tensor, { key: own }) => sigmoid(add(y, mul(0.1, drawNormal(own, [64, 400])))),
      { state: x!, count: 7, random: key(3) },
    )
    return { state: state as tf.Tensor, total: neg(sum(state as tf.Tensor)) }
  }),
]

function eye(n: number): NdArray<Float64Array> {
  const data = new Float64Array(n * n)
  for (let i = 0; i < n; i++) data[i * (n + 1)] = 1
  return ndarray(data, [n, n])
}
