import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { key, special, type NdArray } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile } from '../../src/index.ts'
import { COUNT, differences, ways, type DrawOf } from './sameDraws.ts'

const studentT: DrawOf = (k, df) => ops.drawStudentT(k, [COUNT], df!)
const skewNormal: DrawOf = (k, alpha) => ops.drawSkewNormal(k, [COUNT], alpha!)
const truncatedNormal: DrawOf = (k, a, w) => ops.drawTruncatedNormal(k, [COUNT], a!, w!)

/** Intervals by their low ends and widths: tails, wide and narrow ones about 0, slivers, and what is none. */
const LOW = [0, 0.5, 3, 20, 1e6, 1, -1, -2, -0.5, -10, -1e30, -3, 0, -4, 1e-20, -5, 2, NaN, -1e38]
const WIDTH = [2e18, 2e18, 0.7, 1e-3, 2e18, 0, 2, 2.5, 2, 2e18, 2e38, 6, 1e-6, 2, 3, 4.9, -1, 1, Infinity]

describe.each(['float32', 'float64'] as const)('compiled in %s', (precision) => {
  test.each(ways([[0.01, 0.4, 1, 2, 3.7, 30, 1e4, 1e8, Infinity, -1, NaN]]).map((given) => [given]))(
    "Student's t draws are those of core: %j",
    (given) => {
      expect(differences(studentT, given, precision)).toEqual([])
    },
  )

  test.each(ways([[0, 1, -3, 1e-3, 40, -1e6, 1e30, NaN]]).map((given) => [given]))(
    'skew normal draws are those of core: %j',
    (given) => {
      expect(differences(skewNormal, given, precision)).toEqual([])
    },
  )

  test.each(ways([LOW, WIDTH]).map((given) => [given]))(
    'truncated normal draws are those of core: %j',
    (given) => {
      expect(differences(truncatedNormal, given, precision)).toEqual([])
    },
  )

  test('few draws, and none', () => {
    for (const shape of [[], [1], [5], [17], [0, 4]]) {
      const one = { data: [2], shape: [] }
      expect(differences((k, df) => ops.drawStudentT(k, shape, df!), [one], precision)).toEqual([])
      expect(differences((k, a) => ops.drawSkewNormal(k, shape, a!), [one], precision)).toEqual([])
      expect(differences((k, a) => ops.drawTruncatedNormal(k, shape, a!, 1), [one], precision)).toEqual([])
    }
  })
})

test("nearly all of Student's t and skew normal draws are core's to the last bit", () => {
  const f = compile((k: tf.Tensor, x: tf.Tensor) => [ops.drawStudentT(k, [20_000], x), ops.drawSkewNormal(k, [20_000], x)], { engine: 'wasm' }) // prettier-ignore
  tf.tidy(() => {
    const [t, skew] = f(Int32Array.from(key(6)), tf.scalar(3.3))
    for (const [got, wanted] of [
      [t!, ops.drawStudentT(key(6), [20_000], 3.3)],
      [skew!, ops.drawSkewNormal(key(6), [20_000], 3.3)],
    ] as const) {
      const truth = wanted.dataSync()
      expect(Array.from(got.dataSync()).filter((x, i) => x !== truth[i]).length).toBeLessThan(3)
    }
  })
})

/** √n times the largest distance of the empirical distribution function of draws from the true one. */
function kolmogorov(draws: ArrayLike<number>, cdf: (x: number) => number): number {
  const n = draws.length
  const gaps = Array.from(draws)
    .toSorted((a, b) => a - b)
    .map((x, i) => Math.max((i + 1) / n - cdf(x), cdf(x) - i / n))
  return Math.sqrt(n) * Math.max(...gaps)
}

test('draws are distributed as they are said to be', () => {
  const f = compile(
    (k: tf.Tensor) => [
      ops.drawStudentT(k, [20_000], 1),
      ops.drawSkewNormal(k, [20_000], 0),
      ops.drawTruncatedNormal(k, [20_000], 0.3, 2),
      ops.drawTruncatedNormal(k, [20_000], -1.2, 2),
      ops.drawTruncatedNormal(k, [20_000], -1, 6),
    ],
    { precision: 'float64', engine: 'wasm' },
  )
  const [t, skew, tail, narrow, wide] = f(Int32Array.from(key(8))) as unknown as NdArray[]
  const between = (low: number, width: number, origin: number) => (v: number) => {
    const [from, to] = [special.ndtr(low), special.ndtr(low + width)]
    return (special.ndtr(v + origin) - from) / (to - from)
  }
  // Exceeded once in 10⁵ times.
  const critical = 2.47
  expect(kolmogorov(t!.data as Float64Array, (x) => 0.5 + Math.atan(x) / Math.PI)).toBeLessThan(critical)
  expect(kolmogorov(skew!.data as Float64Array, special.ndtr)).toBeLessThan(critical)
  expect(kolmogorov(tail!.data as Float64Array, between(0.3, 2, 0.3))).toBeLessThan(critical)
  expect(kolmogorov(narrow!.data as Float64Array, between(-1.2, 2, -0.2))).toBeLessThan(critical)
  expect(kolmogorov(wide!.data as Float64Array, between(-1, 6, 0))).toBeLessThan(critical)
})
