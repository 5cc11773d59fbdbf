import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { key, linalg, NdArray, NumericalError, random, ShapeError } from '@variate/core'

interface MatrixCase {
  a: number[][]
  b: number[][]
  condition: number
  cholesky: number[][]
  solved: number[][]
  solvedTransposed: number[][]
  logDeterminant: number
  eigenvalues: number[]
}

// scipy.linalg and mpmath: oracles/generate-linalg.py
const { matrices } = JSON.parse(readFileSync(new URL('oracles/linalg.json', import.meta.url), 'utf8')) as {
  matrices: MatrixCase[]
}

const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs))

/** The largest difference, relative to the largest element. */
function distance(actual: NdArray, expected: number[] | number[][]): number {
  const truth = expected.flat()
  return largest(truth.map((value, i) => value - actual.data[i]!)) / largest(truth)
}

describe.each(matrices)('a $a.length × $a.length matrix of condition $condition', (oracle) => {
  const n = oracle.a.length
  // Backward-stable methods lose as many digits as the condition number has.
  const tolerance = 8 * n * Number.EPSILON * oracle.condition

  test('has the Cholesky factor that scipy finds', () => {
    expect(distance(linalg.cholesky(oracle.a), oracle.cholesky)).toBeLessThan(tolerance)
  })

  test('has the log-determinant that 50-digit arithmetic finds', () => {
    expect(Math.abs(linalg.logDeterminant(oracle.a) - oracle.logDeterminant)).toBeLessThan(n * tolerance)
  })

  test('is solved by its factor as by scipy, also transposed', () => {
    const { cholesky: l, b } = oracle
    expect(distance(linalg.triangularSolve(l, b), oracle.solved)).toBeLessThan(tolerance)
    expect(distance(linalg.triangularSolve(l, b, { transpose: true }), oracle.solvedTransposed)).toBeLessThan(
      tolerance,
    )
  })

  test('has the eigenvalues that scipy finds', () => {
    expect(distance(linalg.eigh(oracle.a).values, oracle.eigenvalues)).toBeLessThan(8 * n * Number.EPSILON)
  })

  test('is rebuilt from its eigenvectors, which are orthonormal', () => {
    const { values, vectors } = linalg.eigh(oracle.a)
    const scale = largest(oracle.eigenvalues)
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let rebuilt = 0
        let product = 0
        for (let k = 0; k < n; k++) {
          rebuilt += vectors.at(i, k) * values.at(k) * vectors.at(j, k)
          product += vectors.at(k, i) * vectors.at(k, j)
        }
        expect(Math.abs(rebuilt - oracle.a[i]![j]!)).toBeLessThan(8 * n * Number.EPSILON * scale)
        expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(8 * n * Number.EPSILON)
      }
    }
  })

  test('has an inverse factor that solves as substitution does', () => {
    const inverse = Float64Array.from(oracle.cholesky.flat())
    linalg.invertLowerInPlace(inverse, n)
    const unit = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)))
    const solved = linalg.triangularSolve(oracle.cholesky, unit).data
    expect(distance(new NdArray(inverse, [n, n]), [...solved])).toBeLessThan(tolerance)
  })
})

test('eigenvalues of diagonal, zero and repeated matrices come out exactly and in order', () => {
  expect(
    linalg
      .eigh([
        [3, 0, 0],
        [0, 1, 0],
        [0, 0, 2],
      ])
      .values.toNested(),
  ).toEqual([1, 2, 3])
  expect(
    linalg
      .eigh([
        [0, 0],
        [0, 0],
      ])
      .values.toNested(),
  ).toEqual([0, 0])
  expect(
    linalg
      .eigh([
        [2, 0],
        [0, 2],
      ])
      .values.toNested(),
  ).toEqual([2, 2])
  expect(linalg.eigh([[7]]).values.toNested()).toEqual([7])
})

test('a matrix that is not positive definite is refused with its row', () => {
  expect(() =>
    linalg.cholesky([
      [1, 2],
      [2, 1],
    ]),
  ).toThrow(NumericalError)
  expect(() =>
    linalg.cholesky([
      [1, 2],
      [2, 1],
    ]),
  ).toThrow('not positive definite: the pivot of row 1')
})

test('shapes that do not fit are refused', () => {
  expect(() => linalg.cholesky([[1, 2]])).toThrow(ShapeError)
  expect(() =>
    linalg.triangularSolve(
      [
        [1, 0],
        [0, 1],
      ],
      [[1]],
    ),
  ).toThrow('L has shape [2,2], B has shape [1,1]')
  expect(() =>
    linalg.triangularSolve(
      [
        [1, 0],
        [1, 0],
      ],
      [[1], [1]],
    ),
  ).toThrow('diagonal is 0 at [1,1]')
})

test('eigenvalues near the end of float64 neither overflow nor fail to settle', () => {
  const ones = (n: number) => Array.from({ length: n }, () => Array<number>(n).fill(5e307))
  expect(linalg.eigh(ones(2)).values.at(1) / 1e308).toBeCloseTo(1, 14)
  expect(linalg.eigh(ones(3)).values.at(2) / 1.5e308).toBeCloseTo(1, 14)
  expect(
    linalg
      .eigh([
        [1e-300, 1e-300],
        [1e-300, 1e-300],
      ])
      .values.at(1) / 2e-300,
  ).toBeCloseTo(1, 14)
})

test.each([
  [20, 5],
  [60, 59],
  [196, 30],
  [196, 150],
  [196, 1],
  [40, 0],
])('a matrix of %i rows and rank %i has that many eigenvalues, and vectors that rebuild it', (n, rank) => {
  const factors = random.normal(key(n + rank), [n, Math.max(1, rank)], { dtype: 'float64' })
  const a = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      let sum = 0
      for (let c = 0; c < rank; c++) sum += factors.at(i, c) * factors.at(j, c)
      return sum
    }),
  )
  const { values, vectors } = linalg.eigh(a)
  const scale = Math.max(1, values.at(n - 1))
  expect(values.data.filter((value) => Math.abs(value) > 1e-12 * scale)).toHaveLength(rank)
  let worst = 0
  for (let i = 0; i < n; i += 7) {
    for (let j = 0; j < n; j++) {
      let rebuilt = 0
      for (let c = 0; c < n; c++) rebuilt += vectors.at(i, c) * values.at(c) * vectors.at(j, c)
      worst = Math.max(worst, Math.abs(rebuilt - a[i]![j]!))
    }
  }
  expect(worst / scale).toBeLessThan(8 * n * Number.EPSILON)
})
