import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { cumsum, linearRecurrence, logSumExp } from '@variate/core/ops'
import type { Precision } from '../../src/index.ts'
import { computed, epsilonOf, PRECISIONS } from './computed.ts'
import { numbers } from './numbers.ts'
import { placesIn, sizeOf } from './places.ts'

const roundTo = (precision: Precision): ((x: number) => number) =>
  precision === 'float32' ? Math.fround : Number
const lengths = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 16, 31, 50))
const shapes = fc.array(lengths, { minLength: 1, maxLength: 3 })

test.each(PRECISIONS)('sums up to each element are added in float64 in %s', (precision) => {
  const round = roundTo(precision)
  fc.assert(
    fc.property(shapes, fc.boolean(), fc.boolean(), fc.nat(), (shape, exclusive, reverse, seed) => {
      const x = numbers(sizeOf(shape), seed).map(round)
      const width = shape.at(-1)!
      const wanted = Array<number>(x.length).fill(0)
      for (let start = 0; start < x.length; start += width) {
        let total = 0
        for (let i = 0; i < width; i++) {
          const at = start + (reverse ? width - 1 - i : i)
          if (exclusive) wanted[at] = round(total)
          total += x[at]!
          if (!exclusive) wanted[at] = round(total)
        }
      }
      const options = { exclusive, reverse }
      expect(computed((a) => cumsum(a!, -1, options), [ndarray(x, shape)], precision)).toEqual({
        data: wanted,
        called: [],
      })
      const whole = Int32Array.from(x, (item) => item * 2 ** 30)
      const sums = computed((a) => cumsum(a!, -1, options), [ndarray(whole, shape)], precision)
      const eager = cumsum(tf.tensor(whole, shape, 'int32'), -1, options)
      expect(sums).toEqual({ data: Array.from(eager.dataSync()), called: [] })
    }),
    { numRuns: 100 },
  )
})

/** log Σ exp of numbers, in float64, with the small ones added first. */
function truth(xs: readonly number[]): number {
  const largest = Math.max(...xs)
  if (!Number.isFinite(largest)) return largest
  const rest = xs.toSpliced(xs.indexOf(largest), 1).toSorted((a, b) => a - b)
  return largest + Math.log1p(rest.reduce((sum, x) => sum + Math.exp(x - largest), 0))
}

test.each(PRECISIONS)('logarithms of sums of exponentials are those of plain loops in %s', (precision) => {
  const round = roundTo(precision)
  fc.assert(
    fc.property(
      fc.tuple(lengths, lengths, lengths),
      fc.tuple(fc.boolean(), fc.boolean()),
      fc.constantFrom(0, 1, 30, 500),
      fc.nat(),
      ([outer, length, inner], [hasOuter, hasInner], scale, seed) => {
        const dims = [hasOuter ? outer : 1, length, hasInner ? inner : 1] as const
        const x = numbers(sizeOf(dims), seed).map((item) => round(item * scale))
        const shape = [...(hasOuter ? [outer] : []), length, ...(hasInner ? [inner] : [])]
        const { data, called } = computed(
          (a) => logSumExp(a!, hasOuter ? 1 : 0),
          [ndarray(x, shape)],
          precision,
        )
        expect(called).toEqual([])
        expect(data).toHaveLength(dims[0] * dims[2])
        for (const [i, got] of data.entries()) {
          const [o, j] = [Math.floor(i / dims[2]), i % dims[2]]
          const xs = Array.from({ length }, (_, k) => x[(o * length + k) * dims[2] + j]!)
          const wanted = truth(xs)
          // What is added to the largest is right to some units of its last place, and to those of a difference's.
          const largest = Math.max(...xs)
          const share = (8 + length / 4) * (wanted - largest) + Math.abs(wanted)
          expect(Math.abs(got - wanted)).toBeLessThanOrEqual(share * epsilonOf(precision) * 2)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test.each(PRECISIONS)(
  'logarithms of sums with infinite numbers and NaN are those of the op in %s',
  (precision) => {
    const cases = [
      [-Infinity, -Infinity, -Infinity],
      [-Infinity, 2, -Infinity],
      [Infinity, 1, -Infinity],
      [Infinity, Infinity, 0],
      [NaN, 1, Infinity],
      [0, NaN, -Infinity],
      [-0, -0, -0],
      [1000, -1000, 999],
      [0, -18, -Infinity],
    ]
    for (const repeats of [1, 3, 7]) {
      const rows = cases.map((row) => Array.from({ length: repeats }, () => row).flat())
      const shape = [rows.length, 3 * repeats]
      const data = Float64Array.from(rows.flat())
      const [across, down] = [
        computed((a) => logSumExp(a!, 1), [ndarray(data, shape)], precision),
        computed((a) => logSumExp(tf.transpose(a!), 0), [ndarray(data, shape)], precision),
      ]
      const eager = Array.from(logSumExp(tf.tensor(rows), 1).dataSync())
      for (const got of [across!, down!]) {
        expect(got.called).toEqual([])
        const kindOf = (x: number): string => (Number.isFinite(x) ? 'finite' : String(x))
        expect(got.data.map(kindOf)).toEqual(eager.map(kindOf))
        const far = eager.flatMap((x, i) => (Number.isFinite(x) ? [Math.abs(got.data[i]! - x)] : []))
        expect(Math.max(...far)).toBeLessThan(2e-4)
      }
    }
  },
)

test('small numbers beside a large one keep their digits', () => {
  for (const precision of PRECISIONS) {
    const { data } = computed(
      (a) => logSumExp(a!),
      [ndarray(Float64Array.of(0, -20, -Infinity), [3])],
      precision,
    )
    expect(data[0]! / Math.log1p(Math.exp(-20))).toBeCloseTo(1, 6)
  }
})

test('all axes are reduced, several that are neighbours, and those of length 1', () => {
  const x = ndarray(numbers(24, 3), [2, 3, 1, 4])
  for (const axes of [undefined, [1, 2], [1, 3], [0, 1], [2], [0, 2], [1, 2, 3]]) {
    const { data, called } = computed((a) => logSumExp(a!, axes), [x], 'float64')
    const eager = logSumExp(tf.tensor(Float32Array.from(x.data), [2, 3, 1, 4]), axes)
    expect(called).toEqual([])
    for (const [i, wanted] of eager.dataSync().entries()) expect(data[i]).toBeCloseTo(wanted, 5)
  }
})

test.each(PRECISIONS)('recurrences are those of plain loops in float64 in %s', (precision) => {
  const round = roundTo(precision)
  fc.assert(
    fc.property(
      fc.nat(4),
      lengths,
      fc.constantFrom([[], []], [[3], [3]], [[], [3]], [[2, 1], [3]]),
      fc.boolean(),
      fc.nat(),
      (order, length, [ofC, ofX], reverse, seed) => {
        const c = numbers(sizeOf(ofC!) * order, seed).map((x) => round(x / 4))
        const x = numbers(sizeOf(ofX!) * length, seed + 1).map(round)
        const { shape, places } = placesIn(ofC!, ofX!)
        const wanted = Array.from({ length: sizeOf(shape) }, (_, at) => {
          const [filter, row] = [places[0]![at]!, places[1]![at]!]
          const y: number[] = []
          for (let t = 0; t < length; t++) {
            let total = x[row * length + (reverse ? length - 1 - t : t)]!
            for (let lag = 1; lag <= order && lag <= t; lag++)
              total += c[filter * order + lag - 1]! * y[t - lag]!
            y.push(total)
          }
          return (reverse ? y.toReversed() : y).map(round)
        })
        const got = computed(
          (a, b) => linearRecurrence(a!, b!, reverse),
          [ndarray(c, [...ofC!, order]), ndarray(x, [...ofX!, length])],
          precision,
        )
        expect(got).toEqual({ data: wanted.flat(), called: [] })
      },
    ),
    { numRuns: 100 },
  )
})
