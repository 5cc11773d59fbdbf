import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { key, linalg, NumericalError, random, ShapeError } from '../../src/index.ts'
import * as ops from './all.ts'

type Matrix = readonly (readonly number[])[]

const A: Matrix = [
  [4, 2, 0.6],
  [2, 5, 1.5],
  [0.6, 1.5, 3],
]
const B: Matrix = [
  [1, 2],
  [3, -1],
  [0.5, 4],
]
const T: Matrix = [
  [2, 0, 0],
  [1, 4, 0],
  [-3, 0.5, 1],
]

function expectNear(actual: tf.Tensor, expected: unknown, tolerance = 2e-7): void {
  const flat = (expected as number[]).flat(Infinity as 1) as number[]
  const got = actual.dataSync()
  expect(got).toHaveLength(flat.length)
  const size = Math.max(...flat.map(Math.abs))
  flat.forEach((value, i) =>
    expect(Math.abs(got[i]! - value), `${i}: ${got[i]}, not ${value}`).toBeLessThan(tolerance * size),
  )
}

const tensor = (a: unknown): tf.Tensor => tf.tensor(a as number[][])
const exchanged = (a: Matrix): number[][] => a[0]!.map((_, j) => a.map((row) => row[j]!))

// Expected numbers are those of NumPy 2.4 and SciPy 1.17 in float64.
describe('linear algebra', () => {
  it('factorizes as numpy.linalg.cholesky does, from the lower triangle alone', () => {
    expect.hasAssertions()
    const factor = [
      [2, 0, 0],
      [1, 2, 0],
      [0.3, 0.6, 1.5968719422671311],
    ]
    expectNear(ops.cholesky(tensor(A)), factor)
    const garbled = A.map((row, i) => row.map((value, j) => (j > i ? NaN : value)))
    expectNear(ops.cholesky(tensor(garbled)), factor)
    expectNear(ops.logDeterminant(tensor(A)), [3.708682081410116])
    expectNear(ops.logDetTriangular(ops.cholesky(tensor(A))), [3.708682081410116 / 2])
  })

  it('solves triangular systems as scipy.linalg.solve_triangular does', () => {
    expect.hasAssertions()
    const solved = [
      [0.5, 1],
      [0.625, -0.5],
      [1.6875, 7.25],
    ]
    const transposed = [
      [0.90625, 7.375],
      [0.6875, -0.75],
      [0.5, 4],
    ]
    const upper = tensor(exchanged(T))
    expectNear(ops.triangularSolve(tensor(T), tensor(B)), solved)
    expectNear(ops.triangularSolve(tensor(T), tensor(B), { transpose: true }), transposed)
    expectNear(ops.triangularSolve(upper, tensor(B), { lower: false }), transposed)
    expectNear(ops.triangularSolve(upper, tensor(B), { lower: false, transpose: true }), solved)
  })

  it('solves with positive definite matrices, from the matrix and from its factor', () => {
    expect.hasAssertions()
    const solved = [
      [-0.0625, 0.75],
      [0.6720588235294118, -1.0058823529411764],
      [-0.1568627450980392, 1.6862745098039218],
    ]
    expectNear(ops.solvePositive(tensor(A), tensor(B)), solved, 4e-7)
    expectNear(ops.choleskySolve(ops.cholesky(tensor(A)), tensor(B)), solved, 4e-7)
    expectNear(ops.squaredMahalanobis(tensor(A), tf.tensor1d([1, 3, 0.5])), [1.875245098039216])
  })

  it('takes triangles, diagonals, traces and products apart and together', () => {
    const counted = tf.reshape(tf.range(0, 12), [3, 4])
    expect(ops.tril(counted, 1).arraySync()).toEqual([
      [0, 1, 0, 0],
      [4, 5, 6, 0],
      [8, 9, 10, 11],
    ])
    expect(ops.triu(counted, -1).arraySync()).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [0, 9, 10, 11],
    ])
    const two = tf.reshape(tf.range(0, 8), [2, 2, 2])
    expect(ops.diagPart(two).arraySync()).toEqual([
      [0, 3],
      [4, 7],
    ])
    expect(ops.trace(two).arraySync()).toEqual([3, 11])
    expect(ops.diag(tf.tensor2d([[1, 2]])).arraySync()).toEqual([
      [
        [1, 0],
        [0, 2],
      ],
    ])
    expect(ops.eye(2).arraySync()).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect(ops.outer(tf.tensor1d([1, 2]), tf.tensor1d([3, 4, 5])).arraySync()).toEqual([
      [3, 4, 5],
      [6, 8, 10],
    ])
  })

  it('broadcasts leading axes', () => {
    const many = ops.mul(tensor(T), tf.tensor4d([1, 2], [2, 1, 1, 1])) // [2, 1, 3, 3]
    const sides = ops.mul(tensor(B), tf.tensor3d([1, 2, 3], [3, 1, 1])) // [3, 3, 2]
    const out = ops.triangularSolve(many, sides)
    expect(out.shape).toEqual([2, 3, 3, 2])
    const one = ops.triangularSolve(tensor(T), tensor(B))
    expectNear(ops.slice(out, [1, 2, 0, 0], [1, 1, 3, 2]), ops.mul(one, 1.5).arraySync())
    const squares = ops.squaredMahalanobis(tf.eye(2, 2, [4, 1]), tf.ones([3, 2]))
    expect(squares.shape).toEqual([4, 3])
    const gradient = tf.grad((t: tf.Tensor) => ops.sum(ops.triangularSolve(t, sides)))(many)
    expect(gradient.shape).toEqual([2, 1, 3, 3])
  })

  it('multiplies batches that broadcast both ways', () => {
    const a = tf.reshape(tf.range(1, 9), [2, 1, 2, 2])
    const b = tf.reshape(tf.range(1, 13), [3, 2, 2])
    const product = ops.matMul(a, b)
    expect(product.shape).toEqual([2, 3, 2, 2])
    const at = (x: tf.Tensor, i: number, j: number): tf.Tensor =>
      ops.reshape(ops.slice(x, [i, j, 0, 0], [1, 1, 2, 2]), [2, 2])
    for (const i of [0, 1]) {
      for (const j of [0, 1, 2]) {
        const one = ops.matMul(at(a, i, 0), at(ops.reshape(b, [1, 3, 2, 2]), 0, j))
        expect(at(product, i, j).arraySync()).toEqual(one.arraySync())
      }
    }
    const gradient = tf.grad((x: tf.Tensor) => ops.sum(ops.matMul(x, b)))(a)
    expect(gradient.arraySync()).toEqual(
      [[0, 1].map(() => [33, 45]), [0, 1].map(() => [33, 45])].map((m) => [m]),
    )
  })

  it('runs recurrences as scipy.signal.lfilter does', () => {
    expect.hasAssertions()
    const x = tf.tensor2d([
      [1, 2, -1, 0.5],
      [0, 1, 0, 0],
    ])
    const rows = [
      [1, 2.5, -0.05, -0.275],
      [0, 1, 0.5, -0.05],
    ]
    expectNear(ops.linearRecurrence(tf.tensor1d([0.5, -0.3]), x), rows)
    const long = ops.linearRecurrence(tf.tensor2d([[1], [2]]), tf.ones([3]))
    expectNear(long, [
      [1, 2, 3],
      [1, 3, 7],
    ])
    expect(ops.linearRecurrence(tf.ones([5]), tf.ones([2])).arraySync()).toEqual([1, 2])
    expect(() => ops.linearRecurrence(tf.scalar(1), x)).toThrow(ShapeError)
  })

  it('keeps the digits that an ill-conditioned matrix leaves: the Hilbert matrix of size 5', () => {
    expect.hasAssertions()
    const hilbert = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (__, j) => 1 / (i + j + 1)))
    const rounded = hilbert.map((row) => row.map(Math.fround))
    const inverse = ops.solvePositive(tensor(hilbert), ops.eye(5))
    const factor = linalg.cholesky(rounded)
    const identity = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (__, j) => +(i === j)))
    const half = linalg.triangularSolve(factor.toNested() as number[][], identity)
    const expected = linalg.triangularSolve(factor.toNested() as number[][], half.toNested() as number[][], {
      transpose: true,
    })
    expectNear(inverse, expected.toNested(), 1e-7)
  })

  it('takes 1×1 matrices and empty batches', () => {
    expect(ops.cholesky(tf.tensor2d([[9]])).arraySync()).toEqual([[3]])
    expect(ops.solvePositive(tf.tensor2d([[4]]), tf.tensor2d([[2]])).arraySync()).toEqual([[0.5]])
    expect(ops.cholesky(tf.zeros([0, 3, 3])).shape).toEqual([0, 3, 3])
    expect(ops.triangularSolve(tf.zeros([0, 3, 3]), tf.zeros([0, 3, 1])).shape).toEqual([0, 3, 1])
    expect(ops.logDeterminant(tf.zeros([0, 3, 3])).shape).toEqual([0])
    expect(ops.isPositiveDefinite(tf.zeros([0, 3, 3])).shape).toEqual([0])
    expect(tf.grad((a: tf.Tensor) => ops.sum(ops.cholesky(a)))(tf.zeros([0, 2, 2])).shape).toEqual([0, 2, 2])
  })

  it('makes NaN of NaN', () => {
    const broken = tf.stack([
      tensor([
        [1, 0],
        [NaN, 1],
      ]),
      tf.eye(2),
    ])
    expect([...ops.cholesky(broken).dataSync()]).toEqual([NaN, NaN, NaN, NaN, 1, 0, 0, 1])
    expect([...ops.logDeterminant(broken).dataSync()]).toEqual([NaN, 0])
    expect([...ops.isPositiveDefinite(broken).dataSync()]).toEqual([1, 1])
  })

  it('says which matrix is not positive definite, and where', () => {
    const batch = tf.stack([
      tf.eye(2),
      tensor([
        [1, 2],
        [2, 1],
      ]),
    ])
    const message = 'the matrix at [1] is not positive definite: the pivot of row 1 is not > 0'
    expect(() => ops.cholesky(batch)).toThrow(new NumericalError(`cholesky: ${message}`))
    expect(() => ops.logDeterminant(batch)).toThrow(new NumericalError(`logDeterminant: ${message}`))
    expect(() => ops.solvePositive(batch, tf.ones([2, 1]))).toThrow(
      new NumericalError(`solvePositive: ${message}`),
    )
    expect(() => ops.cholesky(tf.zeros([2, 2]))).toThrow(
      'cholesky: the matrix is not positive definite: the pivot of row 0 is not > 0',
    )
    expect([...ops.isPositiveDefinite(batch).dataSync()]).toEqual([1, 0])
    expect([
      ...ops
        .isPositiveDefinite(
          tensor([
            [1, 0.5],
            [0.1, 1],
          ]),
        )
        .dataSync(),
    ]).toEqual([0])
  })

  it('says which triangular matrix is singular', () => {
    const batch = tf.stack([
      tf.eye(2),
      tensor([
        [1, 0],
        [1, 0],
      ]),
    ])
    expect(() => ops.triangularSolve(batch, tf.ones([2, 1]))).toThrow(
      new NumericalError('triangularSolve: the matrix at [1] is singular: its diagonal is 0 in row 1'),
    )
  })

  it('refuses shapes that are no matrices or do not match', () => {
    expect(() => ops.cholesky(tf.ones([2, 3]))).toThrow(
      new ShapeError('cholesky: A must be square, got shape [2, 3]'),
    )
    expect(() => ops.tril(tf.ones([2]))).toThrow(
      new ShapeError('tril: A must have at least 2 axes, got shape [2]'),
    )
    expect(() => ops.triangularSolve(tf.eye(2), tf.ones([3, 1]))).toThrow(
      new ShapeError('triangularSolve: T has shape [2, 2], B has shape [3, 1]'),
    )
    expect(() => ops.squaredMahalanobis(tf.eye(2), tf.scalar(1))).toThrow(ShapeError)
    expect(() => ops.solvePositive(tf.ones([2, 2, 2]), tf.ones([3, 2, 1]))).toThrow(
      'solvePositive: shapes [2] and [3] do not broadcast',
    )
  })

  it('leaves no tensors behind', () => {
    const a = tensor(A)
    const before = tf.memory().numTensors
    ops.cholesky(a).dispose()
    ops.solvePositive(a, a).dispose()
    ops.triangularSolve(a, a).dispose()
    tf.grad((x: tf.Tensor) => ops.sum(ops.cholesky(x)))(a).dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

// Derivatives along directions, against differences of the same functions in float64.

type Plain = (...arrays: Float64Array[]) => ArrayLike<number>

const n = 3
const rows = (x: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: x.length / width }, (_, i) =>
    Array.from({ length: width }, (__, j) => x[i * width + j]!),
  )
const lowerOf = (x: Float64Array): Float64Array =>
  x.map((value, i) => (i % n > Math.floor(i / n) ? 0 : value))
const transposeOf = (x: ArrayLike<number>, width: number): number[] =>
  rows(x, width)[0]!.flatMap((_, j) => rows(x, width).map((row) => row[j]!))
const solve = (t: Float64Array, b: ArrayLike<number>, transpose = false): ArrayLike<number> =>
  linalg.triangularSolve(rows(t, n), rows(b, b.length / n), { transpose }).data
const factorOf = (a: Float64Array): Float64Array => linalg.cholesky(rows(a, n)).data
const solveSymmetric = (a: Float64Array, b: ArrayLike<number>): ArrayLike<number> =>
  solve(factorOf(a), solve(factorOf(a), b), true)

const recurrence = (c: Float64Array, x: Float64Array): Float64Array => {
  const y = x.slice()
  x.forEach((_, t) => c.forEach((slope, i) => (y[t]! += t > i ? slope * y[t - 1 - i]! : 0)))
  return y
}

interface Derivable {
  readonly op: (...tensors: tf.Tensor[]) => tf.Tensor
  readonly plain: Plain
  readonly shapes: readonly (readonly number[])[]
  /** Moves the arguments into the domain, linearly. */
  readonly symmetric?: boolean
}

const derivable: Readonly<Record<string, Derivable>> = {
  cholesky: { op: ops.cholesky, plain: factorOf, shapes: [[n, n]], symmetric: true },
  logDeterminant: {
    op: ops.logDeterminant,
    plain: (a) => [linalg.logDeterminant(rows(a!, n))],
    shapes: [[n, n]],
    symmetric: true,
  },
  solvePositive: {
    op: ops.solvePositive,
    plain: (a, b) => solveSymmetric(a!, b!),
    shapes: [
      [n, n],
      [n, 2],
    ],
    symmetric: true,
  },
  squaredMahalanobis: {
    op: ops.squaredMahalanobis,
    plain: (a, d) => [Array.from(solve(factorOf(a!), d!)).reduce((sum, z) => sum + z * z, 0)],
    shapes: [[n, n], [n]],
    symmetric: true,
  },
  'triangularSolve, lower': {
    op: (t, b) => ops.triangularSolve(t!, b!),
    plain: (t, b) => solve(lowerOf(t!), b!),
    shapes: [
      [n, n],
      [n, 2],
    ],
  },
  'triangularSolve, lower, transposed': {
    op: (t, b) => ops.triangularSolve(t!, b!, { transpose: true }),
    plain: (t, b) => solve(lowerOf(t!), b!, true),
    shapes: [
      [n, n],
      [n, 2],
    ],
  },
  'triangularSolve, upper': {
    op: (t, b) => ops.triangularSolve(t!, b!, { lower: false }),
    plain: (t, b) => solve(lowerOf(Float64Array.from(transposeOf(t!, n))), b!, true),
    shapes: [
      [n, n],
      [n, 2],
    ],
  },
  choleskySolve: {
    op: ops.choleskySolve,
    plain: (t, b) => solve(lowerOf(t!), solve(lowerOf(t!), b!), true),
    shapes: [
      [n, n],
      [n, 2],
    ],
  },
  logDetTriangular: {
    op: ops.logDetTriangular,
    plain: (t) => [[0, 4, 8].reduce((sum, i) => sum + Math.log(Math.abs(t![i]!)), 0)],
    shapes: [[n, n]],
  },
  linearRecurrence: {
    op: (c, x) => ops.linearRecurrence(c!, x!),
    plain: (c, x) => recurrence(c!, x!),
    shapes: [[2], [5]],
  },
  'linearRecurrence, reversed': {
    op: (c, x) => ops.linearRecurrence(c!, x!, true),
    plain: (c, x) => recurrence(c!, x!.toReversed()).toReversed(),
    shapes: [[2], [5]],
  },
  'tril, triu, diag, diagPart, trace and outer': {
    op: (t) => {
      const mixed = ops.add(ops.tril(t!, -1), ops.mul(3, ops.triu(ops.square(t!), 1)))
      return ops.add(
        mixed,
        ops.mul(ops.trace(t!), ops.outer(ops.diagPart(t!), ops.diagPart(ops.diag(ops.diagPart(t!))))),
      )
    },
    plain: (t) => {
      const d = [0, 4, 8].map((i) => t![i]!)
      const sum = d[0]! + d[1]! + d[2]!
      return t!.map((value, at) => {
        const [i, j] = [Math.floor(at / n), at % n]
        return (j < i ? value : j > i ? 3 * value * value : 0) + sum * d[i]! * d[j]!
      })
    },
    shapes: [[n, n]],
  },
}

/** A point of the domain: diagonally dominant matrices. */
function point(shape: readonly number[], seed: number, symmetric: boolean): Float64Array {
  const x = direction(shape, seed, symmetric)
  if (shape.length === 2 && shape[0] === shape[1]) for (let i = 0; i < n; i++) x[i * n + i] = 2.5 + 0.5 * i
  return x.map(Math.fround)
}

function direction(shape: readonly number[], seed: number, symmetric: boolean): Float64Array {
  const x = Float64Array.from(random.normal(key(seed), shape).data, (value) => Math.fround(0.5 * value))
  const isSquare = shape.length === 2 && shape[0] === shape[1]
  return isSquare && symmetric ? x.map((_, at) => x[Math.max(at, (at % n) * n + Math.floor(at / n))]!) : x
}

const moved = (x: Float64Array, step: number, v: Float64Array): Float64Array =>
  x.map((a, i) => a + step * v[i]!)

describe('a derivative of linear algebra', () => {
  it.each(Object.entries(derivable))(
    '%s is right, and so is its own',
    (_, { op, plain, shapes, symmetric = false }) => {
      shapes.forEach((shape, index) => {
        const points = shapes.map((own, i) => point(own, 10 + i, symmetric))
        const [v, u] = [direction(shape, 20, symmetric), direction(shape, 30, symmetric)]
        const f = (x: Float64Array): number =>
          Array.from(plain(...points.map((own, i) => (i === index ? x : own)))).reduce(
            (sum, y, i) => sum + (1 + 0.3 * i) * y * y,
            0,
          )
        const at = (a: number, b: number): number => f(moved(moved(points[index]!, a, v), b, u))
        const h = 1e-4
        const first = (8 * (at(h, 0) - at(-h, 0)) - at(2 * h, 0) + at(-2 * h, 0)) / (12 * h)
        const second = (at(h, h) - at(h, -h) - at(-h, h) + at(-h, -h)) / (4 * h * h)

        const tensors = shapes.map((own, i) => tf.tensor(Array.from(points[i]!), [...own]))
        const g = (x: tf.Tensor): tf.Tensor => {
          const y = ops.reshape(op(...tensors.map((own, i) => (i === index ? x : own))), [-1])
          const weights = tf.tensor1d(Array.from({ length: y.size }, (__, i) => 1 + 0.3 * i))
          return ops.sum(ops.mul(weights, ops.square(y)))
        }
        const along = (w: Float64Array) => (x: tf.Tensor) =>
          ops.sum(ops.mul(x, tf.tensor(Array.from(w), [...shape])))
        const slope = (x: tf.Tensor): tf.Tensor => along(v)(tf.grad(g)(x))
        const x = tensors[index]!
        const gap = (got: tf.Tensor, want: number) =>
          Math.abs(got.dataSync()[0]! - want) / Math.max(1, Math.abs(want))
        expect(gap(slope(x), first)).toBeLessThan(2e-6)
        expect(gap(along(u)(tf.grad(slope)(x)), second)).toBeLessThan(1e-5)
      })
    },
  )
})
