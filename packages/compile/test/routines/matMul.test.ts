import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ndarray, type NdArray } from '@variate/core'
import { matMul } from '@variate/core/ops'
import { compile, type Precision } from '../../src/index.ts'
import { computed, epsilonOf, PRECISIONS } from './computed.ts'
import { numbers } from './numbers.ts'
import { placesIn, sizeOf } from './places.ts'

interface Case {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

/** The product in plain loops, in float64, and with absolute values, which bounds what rounding may do. */
function truth(
  { a, b, transposeA = false, transposeB = false }: Case,
  dataA: ArrayLike<number>,
  dataB: ArrayLike<number>,
): readonly [product: number[], bounds: number[]] {
  const [rows, inner] = transposeA ? [a.at(-1)!, a.at(-2)!] : [a.at(-2)!, a.at(-1)!]
  const columns = b.at(transposeB ? -2 : -1)!
  const { shape, places } = placesIn(a.slice(0, -2), b.slice(0, -2))
  const product: number[] = []
  const bounds: number[] = []
  for (let at = 0; at < sizeOf(shape); at++) {
    const [startA, startB] = [places[0]![at]! * rows * inner, places[1]![at]! * inner * columns]
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let [sum, bound] = [0, 0]
        for (let k = 0; k < inner; k++) {
          const term =
            dataA[startA + (transposeA ? k * rows + i : i * inner + k)]! *
            dataB[startB + (transposeB ? j * inner + k : k * columns + j)]!
          sum += term
          bound += Math.abs(term)
        }
        product.push(sum)
        bounds.push(bound)
      }
    }
  }
  return [product, bounds]
}

/** What is wrong with a product of random numbers; undefined if nothing is. */
function mistakeIn(given: Case, precision: Precision, seed = 1): string | undefined {
  const { a, b, transposeA = false, transposeB = false } = given
  const round = precision === 'float32' ? Math.fround : Number
  const [left, right] = [a, b].map((shape, i) =>
    ndarray(numbers(sizeOf(shape), seed + i).map(round), [...shape]),
  ) as [NdArray, NdArray]
  const { data, called } = computed(
    (x, y) => matMul(x!, y!, { transposeA, transposeB }),
    [left, right],
    precision,
  )
  const [product, bounds] = truth(given, left.data, right.data)
  if (called.length > 0) return 'it is computed by a call'
  if (data.length !== product.length) return `it has ${data.length} elements`
  const share = (a.at(transposeA ? -2 : -1)! + 2) * epsilonOf(precision)
  const far = product.findIndex((x, i) => !(Math.abs(data[i]! - x) <= share * bounds[i]!))
  return far < 0
    ? undefined
    : `${JSON.stringify(given)} ${precision}: ${data[far]} for ${product[far]} at ${far}`
}

const lengths = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 }) },
  fc.integer({ min: 1, max: 80 }),
  fc.constantFrom(0, 1, 2, 3, 4, 8, 16, 33),
)

test.each(PRECISIONS)('products of random shapes are those of plain loops in %s', (precision) => {
  fc.assert(
    fc.property(
      fc.tuple(lengths, lengths, lengths, fc.boolean(), fc.boolean(), fc.nat()),
      fc.array(fc.constantFrom([1, 1], [2, 2], [3, 1], [1, 3], [0, 0], [2, 1]), { maxLength: 3 }),
      fc.nat(3),
      ([rows, inner, columns, transposeA, transposeB, seed], batch, dropped) => {
        const a = [...batch.map(([x]) => x!), ...(transposeA ? [inner, rows] : [rows, inner])]
        const b = [...batch.map(([, x]) => x!), ...(transposeB ? [columns, inner] : [inner, columns])]
        // Leading axes that are 1 may as well be missing.
        const missing = batch.slice(0, dropped).findIndex(([x]) => x !== 1)
        const lead = missing < 0 ? Math.min(dropped, batch.length) : missing
        expect(mistakeIn({ a: a.slice(lead), b, transposeA, transposeB }, precision, seed)).toBeUndefined()
      },
    ),
    { numRuns: 400 },
  )
})

const LARGE: readonly Case[] = [
  { a: [128, 784], b: [784, 40] },
  { a: [784, 128], b: [784, 40], transposeA: true },
  { a: [128, 1100], b: [50, 1100], transposeB: true },
  { a: [520, 301], b: [520, 301], transposeA: true },
  { a: [3, 2, 3000], b: [3000, 37] },
  { a: [2, 5000], b: [1, 5000], transposeB: true },
  { a: [1, 5000], b: [5000, 3] },
  { a: [5000, 3], b: [5000, 1], transposeA: true },
  { a: [5000, 3], b: [5000, 5], transposeA: true },
  { a: [5000, 2], b: [2, 5] },
  { a: [5000, 2], b: [5, 2], transposeB: true },
  { a: [1000, 50], b: [50, 1] },
  { a: [300, 1], b: [1, 300] },
  { a: [1, 5000], b: [5000, 1] },
  { a: [500, 700], b: [700, 2] },
]

test.each(LARGE)('the product of %o is that of plain loops', (given) => {
  for (const precision of PRECISIONS) expect(mistakeIn(given, precision)).toBeUndefined()
})

test.each(PRECISIONS)('infinite numbers and NaN stay in their rows and columns in %s', (precision) => {
  for (const [rows, inner, columns] of [
    [9, 13, 11],
    [1, 130, 11],
    [9, 130, 1],
    [200, 3, 1],
  ] as const) {
    for (const flags of [0, 1, 2, 3]) {
      const [transposeA, transposeB] = [(flags & 1) > 0, (flags & 2) > 0]
      const [a, b] = [numbers(rows * inner, 5), numbers(inner * columns, 6)]
      a[0] = Infinity
      a[a.length - 1] = NaN
      b[b.length - 1] = -Infinity
      const shapes = [
        transposeA ? [inner, rows] : [rows, inner],
        transposeB ? [columns, inner] : [inner, columns],
      ]
      const { data } = computed(
        (x, y) => matMul(x!, y!, { transposeA, transposeB }),
        [ndarray(a, shapes[0]!), ndarray(b, shapes[1]!)],
        precision,
      )
      const [product] = truth({ a: shapes[0]!, b: shapes[1]!, transposeA, transposeB }, a, b)
      expect(data.map(kindOf)).toEqual(product.map(kindOf))
    }
  }
})

const kindOf = (x: number): string => (Number.isFinite(x) ? 'finite' : String(x))

test('products are those of TensorFlow.js', () => {
  const [a, b] = [
    tf.tensor(Float32Array.from(numbers(3 * 37 * 21, 1)), [3, 37, 21]),
    tf.tensor(Float32Array.from(numbers(29 * 21, 2)), [1, 29, 21]),
  ]
  const f = compile((x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, false, true), { engine: 'wasm' })
  const [got, wanted] = [f(a, b).dataSync(), tf.matMul(a, b, false, true).dataSync()]
  for (const [i, x] of wanted.entries()) expect(got[i]).toBeCloseTo(x, 4)
})

test('products of whole numbers are left to TensorFlow.js', () => {
  const f = compile((x: tf.Tensor) => tf.matMul(x, x), { engine: 'wasm' })
  expect(Array.from(f(tf.tensor([1, 2, 3, 4], [2, 2], 'int32')).dataSync())).toEqual([7, 10, 15, 22])
})
