import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NdArray, special } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile } from '../src/index.ts'
import type { Precision } from '../src/wasm/lanes.ts'
import { ENDS, roundTo, series, ulps } from './wasm/ulps.ts'

type Op = (x: tf.Tensor) => tf.Tensor

/** What `f` gives, written out or, of many numbers, in loops. */
function computed(f: Op, xs: readonly number[], precision: Precision, fastMath = true): number[] {
  const result: tf.Tensor | NdArray = compile(f, { precision, fastMath })(Float64Array.from(xs))
  if (result instanceof NdArray) return Array.from(result.data)
  const data = Array.from(result.dataSync())
  result.dispose()
  return data
}

describe.each(['float32', 'float64'] as const)('fast math in %s', (precision) => {
  const rounded = roundTo(precision)
  const many = series(3000, (i) => rounded(Math.sin(i) * 10 ** ((i % 60) - 30)))

  test('divides by constants with an error of at most 1.5 units in the last place, few or many numbers', () => {
    const exponent = fc.integer({ min: -30, max: 30 })
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 10, noNaN: true }),
        exponent,
        fc.boolean(),
        (digits, power, isFew) => {
          const divisor = rounded(digits * 10 ** power)
          const xs = many.filter((x) => Math.abs(x / divisor) > 1e-36 && Math.abs(x / divisor) < 1e37)
          const own = isFew ? xs.slice(0, 7) : xs
          const got = computed((x) => ops.div(x, divisor), own, precision)
          expect(
            Math.max(0, ...own.map((x, i) => ulps(got[i]!, x / divisor, precision))),
          ).toBeLessThanOrEqual(1.5)
        },
      ),
      { numRuns: 40 },
    )
  })

  test.each([3, -0.1, 7e5, 2 ** -20])(
    'keeps NaN, infinities and signs of zeros of what is divided by %d',
    (divisor) => {
      const ends = ENDS.map(rounded)
      const given = [...ends, ...ends, ...ends, ...ends]
      const f: Op = (x) => ops.div(x, divisor)
      const got = computed(f, given, precision)
      const truth = computed(f, given, precision, false)
      const kind = (x: number) =>
        Number.isFinite(x) && x !== 0 ? 'number' : Object.is(x, -0) ? '-0' : String(x)
      const isTiny = (x: number) => Math.abs(x) < 1e-38
      for (const [i, x] of truth.entries()) {
        // Of subnormal numbers the last place is coarse.
        const isExact =
          isTiny(x) && Math.abs(got[i]! - x) <= (precision === 'float32' ? 2 ** -149 : 2 ** -1074)
        expect(isExact || kind(got[i]!) === kind(x), `${given[i]}: ${got[i]} for ${x}`).toBe(true)
      }
    },
  )

  test.each([0, -0, Infinity, NaN, 1e-320, 2 ** -140])(
    'divides by %d, whose reciprocal is no usual number, as it is',
    (divisor) => {
      const given = [...ENDS.map(rounded), ...many]
      const f: Op = (x) => ops.div(x, divisor)
      const exact = precision === 'float32' || Math.abs(divisor) !== 2 ** -140
      const allowed = exact ? 0 : 1.5
      const truth = computed(f, given, precision, false)
      const far = computed(f, given, precision).map((x, i) => ulps(x, truth[i]!, precision))
      expect(Math.max(...far)).toBeLessThanOrEqual(allowed)
    },
  )

  const FUNCTIONS: readonly (readonly [string, Op, (x: number) => number, number])[] = [
    ['exp', ops.exp, Math.exp, 20],
    ['expm1', ops.expm1, Math.expm1, 20],
    ['log', (x) => ops.log(ops.abs(x)), (x) => Math.log(Math.abs(x)), 1e6],
    ['log1p', (x) => ops.log1p(ops.abs(x)), (x) => Math.log1p(Math.abs(x)), 1e6],
    ['tanh', ops.tanh, Math.tanh, 5],
    ['sigmoid', ops.sigmoid, (x) => 1 / (1 + Math.exp(-x)), 20],
    ['sin', ops.sin, Math.sin, 3],
  ]
  test.each(FUNCTIONS)('computes %s to 4 units in the last place', (_, f, truth, size) => {
    const xs = series(2003, (i) => rounded((Math.sin(i) + 1e-3) * size))
    for (const own of [xs, xs.slice(0, 5)]) {
      const got = computed(f, own, precision)
      const far = own.map((x, i) => ulps(got[i]!, truth(x), precision))
      expect(Math.max(...far)).toBeLessThanOrEqual(4)
    }
  })

  /** The bounds of gamma.test.ts, relative to the value or to 1, and a few roundings. */
  const SPECIAL: readonly (readonly [string, Op, (x: number) => number, number])[] = [
    ['lgamma', ops.lgamma, special.lgamma, 1e-14],
    ['digamma', ops.digamma, special.digamma, 2e-15],
    ['erf', ops.erf, special.erf, 8 * 2 ** -53],
    ['erfc', ops.erfc, special.erfc, 8 * 2 ** -53],
    ['ndtr', ops.ndtr, special.ndtr, 8 * 2 ** -53],
    ['logNdtr', ops.logNdtr, special.logNdtr, 8 * 2 ** -53],
  ]
  test.each(SPECIAL)('computes %s within its bound', (_, f, truth, bound) => {
    const given = series(1003, (i) => rounded(0.2 + 3 * (1 + Math.sin(i))))
    const allowed = precision === 'float32' ? 8 * 2 ** -24 : bound
    const far = computed(f, given, precision).map((x, i) => {
      const y = truth(given[i]!)
      return Math.abs(x - y) / Math.max(1, Math.abs(y))
    })
    expect(Math.max(...far)).toBeLessThanOrEqual(allowed)
  })

  test('sums products to rounding: of 100 terms within 100 roundings of their sizes', () => {
    const xs = series(3000, (i) => rounded(Math.sin(i) * 10 ** (i % 4)))
    const f: Op = (x) => ops.sum(ops.mul(ops.reshape(x, [30, 100]), ops.slice(x, [100], [100])), 1)
    const truth = Array.from({ length: 30 }, (_, row) =>
      series(100, (i) => xs[100 * row + i]! * xs[100 + i]!),
    )
    const got = computed(f, xs, precision)
    const eps = precision === 'float32' ? 2 ** -24 : 2 ** -53
    for (const [row, terms] of truth.entries()) {
      const [sum, size] = [terms, terms.map(Math.abs)].map((all) => all.reduce((a, b) => a + b)) as [
        number,
        number,
      ]
      expect(Math.abs(got[row]! - sum)).toBeLessThanOrEqual(100 * eps * size)
    }
  })

  test('keeps what functions give for what is no usual number', () => {
    const given = [...ENDS, ...ENDS].map(rounded)
    const functions: readonly Op[] = [
      ops.exp,
      ops.expm1,
      ops.log,
      ops.log1p,
      ops.tanh,
      ops.sigmoid,
      ops.softplus,
    ]
    for (const f of functions) {
      const truth = computed(f, given, precision, false)
      const far = computed(f, given, precision).map((x, i) => ulps(x, truth[i]!, precision))
      expect(Math.max(...far)).toBeLessThanOrEqual(4)
    }
  })

  test('keeps NaN and infinities in products of matrices', () => {
    const f: Op = (x) => ops.matMul(ops.reshape(x, [6, 20]), ops.reshape(x, [20, 6]))
    const given = series(120, (i) => rounded(Math.sin(i)))
    given.splice(7, 1, NaN)
    given.splice(50, 1, Infinity)
    const truth = computed(f, given, precision, false)
    const got = computed(f, given, precision)
    expect(got.map(Number.isFinite)).toEqual(truth.map(Number.isFinite))
    expect(got.map(Number.isNaN)).toEqual(truth.map(Number.isNaN))
  })
})

test('whole numbers are divided as they are', () => {
  const xs = Int32Array.from([7, -7, 2 ** 30 + 1, 9])
  const divided = (fastMath: boolean) => {
    const result = compile((x: tf.Tensor) => tf.floorDiv(x, tf.scalar(3, 'int32')), { fastMath })(xs)
    return Array.from(tf.tidy(() => result.dataSync()))
  }
  expect(divided(true)).toEqual(divided(false))
})
