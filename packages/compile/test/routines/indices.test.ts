import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DomainError, ndarray } from '@variate/core'
import { cast, gather, greater, mul, pick, scatterAdd, searchSorted, sum } from '@variate/core/ops'
import { grad, type Precision } from '../../src/index.ts'
import { computed, PRECISIONS } from './computed.ts'
import { numbers } from './numbers.ts'
import { placesIn, sizeOf } from './places.ts'

const roundTo = (precision: Precision): ((x: number) => number) =>
  precision === 'float32' ? Math.fround : Number
const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 })
const widths = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(31, 32, 33, 37, 64, 100))

/** Whole numbers from 0 to below `length`. */
const indicesBelow = (length: number, count: number, seed: number): Int32Array =>
  Int32Array.from(numbers(count, seed), (x) => Math.floor(Math.abs(x) * 1e6) % length)

const counts = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 })

test.each(PRECISIONS)(
  'slices are gathered, and added where they were, as by plain loops in %s',
  (precision) => {
    const round = roundTo(precision)
    fc.assert(
      fc.property(shapes, widths, counts, fc.nat(2), fc.nat(), (lead, width, ofIndices, at, seed) => {
        const shape = [...lead, width]
        const axis = at % shape.length
        const [length, inner, outer] = [
          shape[axis]!,
          sizeOf(shape.slice(axis + 1)),
          sizeOf(shape.slice(0, axis)),
        ]
        const x = numbers(sizeOf(shape), seed).map(round)
        const indices = indicesBelow(length, sizeOf(ofIndices), seed + 1)
        const out = shape.toSpliced(axis, 1, ...ofIndices)
        const dy = numbers(sizeOf(out), seed + 2).map(round)
        const wanted: number[] = []
        const sums = new Float64Array(x.length)
        for (let o = 0; o < outer; o++) {
          for (const index of indices) {
            for (let j = 0; j < inner; j++) {
              const from = (o * length + index) * inner + j
              sums[from] = round(sums[from]! + dy[wanted.length]!)
              wanted.push(x[from]!)
            }
          }
        }
        const at_ = ndarray(indices, ofIndices)
        const gathered = computed((a, i) => gather(a!, i!, axis), [ndarray(x, shape), at_], precision)
        const scattered = computed(
          (a, i) => scatterAdd(a!, i!, shape, axis),
          [ndarray(dy, out), at_],
          precision,
        )
        expect(gathered).toEqual({ data: wanted, called: [] })
        expect(scattered).toEqual({ data: Array.from(sums), called: [] })
      }),
      { numRuns: 150 },
    )
  },
)

test.each(PRECISIONS)('whole numbers and truth values are gathered in %s', (precision) => {
  const whole = ndarray(Int32Array.of(7, -8, 9, 10, 2 ** 31 - 1, -1), [2, 3])
  const at = ndarray(Int32Array.of(2, 0), [2])
  expect(computed((a, i) => gather(a!, i!, 1), [whole, at], precision)).toEqual({
    data: [9, 7, -1, 10],
    called: [],
  })
  const { data } = computed((a, i) => gather(greater(a!, 8), i!, 1), [whole, at], precision)
  expect(data).toEqual([1, 0, 0, 1])
})

test.each(PRECISIONS)('an index out of bounds is told of in %s', (precision) => {
  const x = ndarray(numbers(6, 1), [2, 3])
  for (const index of [3, -1, 2 ** 31 - 1, -(2 ** 31)]) {
    const gathered = (): unknown =>
      computed((a, i) => gather(a!, i!, 1), [x, ndarray(Int32Array.of(0, index), [2])], precision)
    expect(gathered).toThrow(DomainError)
    expect(gathered).toThrow(`gather: indices must be 0 … 2 on axis 1 of length 3, got ${index}`)
  }
})

/** Shapes of rows and of indices that broadcast. */
const broadcasts = fc.constantFrom<readonly [readonly number[], readonly number[]]>(
  [[], []],
  [[], [7]],
  [[5], [5]],
  [[5], []],
  [[5], [3, 5]],
  [[3, 1], [4]],
  [
    [2, 3, 1],
    [3, 4],
  ],
)

/** Which row, and which index, belongs to each element of the result. */
function pairsOf(ofRows: readonly number[], ofIndices: readonly number[]) {
  const { shape, places } = placesIn(ofRows, ofIndices)
  return { shape, pairs: places[0]!.map((row, i) => [row, places[1]![i]!] as const) }
}

test.each(PRECISIONS)(
  'elements are picked, and added where they were, as by plain loops in %s',
  (precision) => {
    const round = roundTo(precision)
    fc.assert(
      fc.property(
        broadcasts,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        fc.nat(),
        ([ofRows, ofIndices], width, isWhole, seed) => {
          const x = numbers(sizeOf(ofRows) * width, seed).map(round)
          // Some are none: −1, the length, and of real numbers what lies between, and NaN.
          const drawn = indicesBelow(width + 2, sizeOf(ofIndices), seed + 1).map((i) => i - 1)
          const indices = isWhole ? drawn : Float64Array.from(drawn, (i) => (i < 0 ? NaN : i + 0.25))
          const { shape, pairs } = pairsOf(ofRows, ofIndices)
          const weights = numbers(pairs.length, seed + 2).map(round)
          const sums = new Float64Array(x.length)
          const wanted = pairs.map(([row, index], i) => {
            const place = Math.trunc(indices[index]!)
            if (!(place >= 0 && place < width)) return NaN
            sums[row * width + place] = round(sums[row * width + place]! + weights[i]!)
            return x[row * width + place]!
          })
          const inputs = [ndarray(x, [...ofRows, width]), ndarray(indices, [...ofIndices])]
          const picked = computed((a, i) => pick(a!, i!), inputs, precision)
          expect(picked).toEqual({ data: wanted, called: [] })
          const unpicked = computed(
            (a, i, w) => grad((rows: tf.Tensor) => sum(mul(pick(rows, i!), w!)))(a!),
            [...inputs, ndarray(weights, [...shape])],
            precision,
          )
          expect(unpicked).toEqual({ data: Array.from(sums), called: [] })
        },
      ),
      { numRuns: 150 },
    )
  },
)

test.each(PRECISIONS)('whole numbers and truth values are picked in %s', (precision) => {
  const whole = ndarray(Int32Array.of(7, -8, 9, 10, 2 ** 31 - 1, -1), [2, 3])
  const at = ndarray(Int32Array.of(2, 3), [2])
  expect(computed((a, i) => pick(a!, i!), [whole, at], precision).data).toEqual([9, 0])
  expect(computed((a, i) => pick(greater(a!, 8), i!), [whole, at], precision).data).toEqual([1, 0])
})

test.each(PRECISIONS)('values are searched for as by counting in %s', (precision) => {
  const round = roundTo(precision)
  fc.assert(
    fc.property(broadcasts, fc.nat(40), fc.nat(), ([ofRows, ofValues], width, seed) => {
      const rows = Array.from({ length: sizeOf(ofRows) }, (_, i) =>
        numbers(width, seed + i)
          .map((x) => round(Math.round(x * 4) / 4))
          .toSorted(),
      )
      const values = numbers(sizeOf(ofValues), seed + 99).map((x) => round(Math.round(x * 4) / 4))
      if (values.length > 2) values[1] = NaN
      if (values.length > 3) values[2] = Infinity
      const { pairs } = pairsOf(ofRows, ofValues)
      const { data, called } = computed(
        (a, v) => searchSorted(a!, v!),
        [
          ndarray(Float64Array.from(rows.flatMap((row) => [...row])), [...ofRows, width]),
          ndarray(values, [...ofValues]),
        ],
        precision,
      )
      const wanted = pairs.map(([row, at]) =>
        Number.isNaN(values[at]!) ? NaN : rows[row]!.filter((x) => x < values[at]!).length,
      )
      expect({ data, called }).toEqual({ data: wanted, called: [] })
    }),
    { numRuns: 150 },
  )
})

test('whole numbers are searched for, too', () => {
  const rows = ndarray(Int32Array.of(-5, 2, 2, 8), [4])
  const { data } = computed(
    (a, v) => cast(searchSorted(a!, v!), 'int32'),
    [rows, ndarray(Int32Array.of(-6, 2, 3, 9), [4])],
    'float64',
  )
  expect(data).toEqual([0, 1, 3, 4])
})
