import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linalg, ndarray, NumericalError } from '@variate/core'
import {
  cholesky,
  isPositiveDefinite,
  logDeterminant,
  mul,
  solvePositive,
  squaredMahalanobis,
  sum,
  triangularSolve,
} from '@variate/core/ops'
import { grad, type Precision } from '../../src/index.ts'
import { computed, PRECISIONS } from './computed.ts'
import { numbers } from './numbers.ts'
import { placesIn, sizeOf } from './places.ts'
import { positive } from './positive.ts'

// Terms are added in the order of core's plain loops, in float64 and rounded once: results are the same numbers.

const roundTo = (precision: Precision): ((x: number) => number) =>
  precision === 'float32' ? Math.fround : Number
const sizes = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(0, 1, 2, 16, 17, 33))

test.each(PRECISIONS)('Cholesky factors are those of plain loops in %s', (precision) => {
  const round = roundTo(precision)
  fc.assert(
    fc.property(sizes, fc.nat(3), fc.nat(), (n, batch, seed) => {
      const data = positive(n, batch, seed).map(round)
      const { data: factors, called } = computed(
        (a) => cholesky(a!),
        [ndarray(data, [batch, n, n])],
        precision,
      )
      expect(called).toEqual([])
      const wanted = Array.from({ length: n > 0 ? batch : 0 }, (_, at) => {
        const matrix = ndarray(data.slice(at * n * n, (at + 1) * n * n), [n, n])
        return Array.from(linalg.cholesky(matrix).data, round)
      })
      expect(factors).toEqual(wanted.flat())
    }),
    { numRuns: 60 },
  )
})

test('derivatives that are not finite spread no further than in core', () => {
  const n = 11
  const data = positive(n, 1, 5)
  for (const at of [2 * n + 1, 9 * n + 3, 10 * n + 8]) {
    for (const slope of [Infinity, NaN]) {
      const weights = numbers(n * n, 7)
      weights[at] = slope
      const f = (a: tf.Tensor, w: tf.Tensor) => grad((x: tf.Tensor) => sum(mul(cholesky(x), w)))(a)
      const { data: slopes } = computed(
        (a, w) => f(a!, w!),
        [ndarray(data, [n, n]), ndarray(weights, [n, n])],
        'float32',
      )
      const eager = tf.tidy(() =>
        tf
          .grad((x: tf.Tensor) => sum(mul(cholesky(x), tf.tensor(Float32Array.from(weights), [n, n]))))(
            tf.tensor(Float32Array.from(data), [n, n]),
          )
          .dataSync(),
      )
      expect([...slopes].map(Number.isFinite)).toEqual([...eager].map(Number.isFinite))
    }
  }
})

/** X with T·X = B, or Tᵀ·X = B. */
function substituted(
  t: Float64Array,
  b: Float64Array,
  n: number,
  m: number,
  lower: boolean,
  transpose: boolean,
): Float64Array {
  const x = b.slice()
  const of = (i: number, k: number): number => t[transpose ? k * n + i : i * n + k]!
  for (let step = 0; step < n; step++) {
    const i = lower !== transpose ? step : n - 1 - step
    for (let j = 0; j < m; j++) {
      for (let k = 0; k < n; k++) {
        if (lower !== transpose ? k < i : k > i) x[i * m + j]! -= of(i, k) * x[k * m + j]!
      }
      x[i * m + j]! /= of(i, i)
    }
  }
  return x
}

/** The symmetric part of L⁻ᵀ·Φ(Lᵀ·D)·L⁻¹, Φ taking the lower triangle, its diagonal halved (Murray 2016, eq. 10). */
function carriedBack(l: Float64Array, d: Float64Array, n: number): Float64Array {
  const p = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      for (let k = i; k < n; k++) p[i * n + j]! += l[k * n + i]! * d[k * n + j]!
      if (i === j) p[i * n + j]! /= 2
    }
  }
  const turned = (x: Float64Array): Float64Array => x.map((_, k) => x[(k % n) * n + Math.floor(k / n)]!)
  const solved = (x: Float64Array): Float64Array => substituted(l, x, n, n, true, true)
  const both = solved(turned(solved(p)))
  const other = turned(both)
  return both.map((x, k) => (x + other[k]!) / 2)
}

test.each(PRECISIONS)(
  'derivatives in Cholesky factors are carried back as by the closed form in %s',
  (precision) => {
    const round = roundTo(precision)
    fc.assert(
      fc.property(sizes, fc.nat(3), fc.nat(), (n, batch, seed) => {
        const data = positive(n, batch, seed).map(round)
        const weights = numbers(batch * n * n, seed + 1).map(round)
        const { data: slopes, called } = computed(
          (a, w) => grad((x: tf.Tensor) => sum(mul(cholesky(x), w!)))(a!),
          [ndarray(data, [batch, n, n]), ndarray(weights, [batch, n, n])],
          precision,
        )
        expect(called).toEqual([])
        const wanted = Array.from({ length: n > 0 ? batch : 0 }, (_, at) => {
          const [a, d] = [data, weights].map((x) => x.slice(at * n * n, (at + 1) * n * n))
          const l = linalg.cholesky(ndarray(a!, [n, n])).data.map(round)
          return Array.from(carriedBack(l, d!, n))
        })
        const near =
          (precision === 'float32' ? 2 ** -23 : 1e-13) * Math.max(1, ...wanted.flat().map(Math.abs))
        expect(slopes).toHaveLength(wanted.flat().length)
        for (const [i, want] of wanted.flat().entries())
          expect(Math.abs(slopes[i]! - want)).toBeLessThan(near)
      }),
      { numRuns: 60 },
    )
  },
)

test.each(PRECISIONS)('triangular systems are solved as by plain loops in %s', (precision) => {
  const round = roundTo(precision)
  fc.assert(
    fc.property(
      sizes,
      fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(0, 1, 8, 16, 35)),
      fc.tuple(fc.boolean(), fc.boolean(), fc.nat()),
      fc.constantFrom([[], []], [[2], [2]], [[1], [3]], [[3, 1], [2]]),
      (n, m, [lower, transpose, seed], [batchT, batchB]) => {
        const t = numbers(sizeOf(batchT!) * n * n, seed).map(round)
        for (let i = 0; i < t.length; i++) if (Math.floor(i / n) % n === i % n) t[i]! += Math.sign(t[i]!) * 2
        const b = numbers(sizeOf(batchB!) * n * m, seed + 1).map(round)
        const { data, called } = computed(
          (x, y) => triangularSolve(x!, y!, { lower, transpose }),
          [ndarray(t.map(round), [...batchT!, n, n]), ndarray(b, [...batchB!, n, m])],
          precision,
        )
        expect(called).toEqual([])
        const { shape, places } = placesIn(batchT!, batchB!)
        const wanted = Array.from({ length: sizeOf(shape) }, (_, at) => {
          const [ofT, ofB] = [places[0]![at]! * n * n, places[1]![at]! * n * m]
          const matrix = t.map(round).slice(ofT, ofT + n * n)
          return Array.from(substituted(matrix, b.slice(ofB, ofB + n * m), n, m, lower, transpose), round)
        })
        expect(data).toEqual(wanted.flat())
      },
    ),
    { numRuns: 100 },
  )
})

test.each(PRECISIONS)('what is not positive definite or singular is told of in %s', (precision) => {
  const indefinite = ndarray(Float64Array.of(4, 2, 2, 5, 1, 2, 2, 1), [2, 2, 2])
  const factored = (): unknown => computed((a) => cholesky(a!), [indefinite], precision)
  expect(factored).toThrow(NumericalError)
  expect(factored).toThrow(
    'cholesky: the matrix at [1] is not positive definite: the pivot of row 1 is not > 0',
  )
  const singular = ndarray(Float64Array.of(1, 0, 3, 0), [2, 2])
  const side = ndarray(Float64Array.of(1, 2), [2, 1])
  expect(() => computed((t, b) => triangularSolve(t!, b!), [singular, side], precision)).toThrow(
    'triangularSolve: the matrix is singular: its diagonal is 0 in row 1',
  )
})

test.each(PRECISIONS)(
  'NaN in the lower triangle makes a factor NaN, and in the upper one nothing, in %s',
  (precision) => {
    const a = Float64Array.of(4, NaN, 2, 5, 4, 2, NaN, 5)
    const { data } = computed((x) => cholesky(x!), [ndarray(a, [2, 2, 2])], precision)
    expect(data).toEqual([2, 0, 1, 2, NaN, NaN, NaN, NaN])
  },
)

test.each(PRECISIONS)('NaN stays in its column of right-hand sides in %s', (precision) => {
  const t = ndarray(Float64Array.of(2, NaN, 1, 2), [2, 2])
  const b = ndarray(Float64Array.of(4, NaN, 2, 6, 6, 6), [2, 3])
  const { data } = computed((x, y) => triangularSolve(x!, y!), [t, b], precision)
  expect(data).toEqual([2, NaN, 1, 2, NaN, 2.5])
})

/** The matrix of each place, and its factor. */
function factorsOf(data: Float64Array, n: number): readonly Float64Array[] {
  return Array.from({ length: data.length / (n * n) }, (_, at) => {
    const matrix = ndarray(data.slice(at * n * n, (at + 1) * n * n), [n, n])
    return linalg.cholesky(matrix).data
  })
}

test.each(PRECISIONS)(
  'systems, distances and determinants of positive matrices are those of plain loops in %s',
  (precision) => {
    const round = roundTo(precision)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 19 }),
        fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.nat()),
        (n, m, [batch, isShared, seed]) => {
          const count = isShared ? 1 : batch
          const data = positive(n, count, seed).map(round)
          const a = ndarray(data, isShared ? [n, n] : [batch, n, n])
          const sides = numbers(batch * n * m, seed + 1).map(round)
          const factors = factorsOf(data, n)
          const factorAt = (at: number): Float64Array => factors[isShared ? 0 : at]!
          const places = Array.from({ length: batch }, (_, at) => at)

          const solved = computed(
            (x, y) => solvePositive(x!, y!),
            [a, ndarray(sides, [batch, n, m])],
            precision,
          )
          const wanted = places.flatMap((at) => {
            const b = sides.slice(at * n * m, (at + 1) * n * m)
            const half = substituted(factorAt(at), b, n, m, true, false)
            return Array.from(substituted(factorAt(at), half, n, m, true, true), round)
          })
          expect(solved.data).toEqual(wanted)

          const d = numbers(batch * n, seed + 2).map(round)
          const distances = computed(
            (x, y) => squaredMahalanobis(x!, y!),
            [a, ndarray(d, [batch, n])],
            precision,
          )
          const squares = places.map((at) => {
            const z = substituted(factorAt(at), d.slice(at * n, (at + 1) * n), n, 1, true, false)
            return round(z.reduce((sum, x) => sum + x * x, 0))
          })
          expect(distances.data).toEqual(squares)

          const logs = computed((x) => logDeterminant(x!), [a], precision)
          for (const [at, got] of logs.data.entries()) {
            const terms = Array.from({ length: n }, (_, i) => Math.log(factorAt(at)[i * n + i]!))
            const bound = 2 * n * terms.reduce((sum, x) => sum + Math.abs(x), 0) * 2 ** -50
            const truth = 2 * terms.reduce((sum, x) => sum + x, 0)
            expect(Math.abs(got - truth)).toBeLessThanOrEqual(
              bound + (precision === 'float32' ? Math.abs(truth) * 2 ** -24 : 0),
            )
          }
          expect([...solved.called, ...distances.called, ...logs.called]).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  },
)

test.each(PRECISIONS)('matrices are told to be positive definite as by core in %s', (precision) => {
  const matrices = [
    [4, 2, 2, 5],
    [4, 2, 2, 1],
    [4, 2, 2.1, 5],
    [4, 2 * (1 + 1e-6), 2, 5],
    [4, NaN, 2, 5],
    [4, 2, NaN, 5],
    [4, 2.5, NaN, 5],
    [NaN, 2, 3, 5],
    [0, 0, 0, 1],
    [Infinity, 0, 0, 1],
  ]
  const { data, called } = computed(
    (a) => isPositiveDefinite(a!),
    [ndarray(Float64Array.from(matrices.flat()), [matrices.length, 2, 2])],
    precision,
  )
  expect(called).toEqual([])
  const eager = isPositiveDefinite(tf.tensor(matrices.flat(), [matrices.length, 2, 2]))
  expect(data).toEqual(Array.from(eager.dataSync()))
  expect(data).toEqual([1, 0, 0, 1, 1, 1, 1, 1, 0, 0])
})

test.each(PRECISIONS)('systems of no positive matrix are told of, and NaN gives NaN, in %s', (precision) => {
  const b = ndarray(Float64Array.of(1, 2), [2, 1])
  const [indefinite, unknown] = [Float64Array.of(4, 2, 2, 1), Float64Array.of(4, 2, NaN, 1)]
  for (const f of [
    (a: tf.Tensor, y: tf.Tensor) => solvePositive(a, y),
    (a: tf.Tensor, y: tf.Tensor) => squaredMahalanobis(a, tf.squeeze(y, [1])),
    (a: tf.Tensor) => logDeterminant(a),
  ]) {
    const of = (a: Float64Array) => computed((x, y) => f(x!, y!), [ndarray(a, [2, 2]), b], precision).data
    expect(() => of(indefinite)).toThrow('is not positive definite: the pivot of row 1 is not > 0')
    for (const x of of(unknown)) expect(x).toBeNaN()
  }
})

test('in float32 linear algebra is that of the ops', () => {
  const [a, b] = [
    tf.tensor(Float32Array.from(positive(7, 3, 1)), [3, 7, 7]),
    tf.tensor(Float32Array.from(numbers(7 * 5, 2)), [7, 5]),
  ]
  for (const f of [solvePositive, (x: tf.Tensor, y: tf.Tensor) => triangularSolve(cholesky(x), y)]) {
    const { data } = computed(
      (x, y) => f(x!, y!),
      [ndarray(a.dataSync().slice(), [3, 7, 7]), ndarray(b.dataSync().slice(), [7, 5])],
      'float32',
    )
    expect(data).toEqual(Array.from(f(a, b).dataSync()))
  }
})
