import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { foldIn, key, NdArray, random, split, type Key } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile, loop } from '../../src/index.ts'

type Draw = (k: ops.AnyKey, shape: readonly number[], ...parameters: tf.Tensor[]) => tf.Tensor

/** Draws, and parameters that they are tried with: each for all draws, and all of them together, for a draw each. */
const DRAWS: Readonly<Record<string, readonly [draw: Draw, ...parameters: number[][]]>> = {
  drawGamma: [ops.drawGamma, [0.01, 0.3, 1, 1.7, 40, 1e6], [1, 2.5, 0.1, 1, 3, 1]],
  drawLogGamma: [ops.drawLogGamma, [1e-4, 0.5, 1, 2, 9, 1e5]],
  drawLogOdds: [ops.drawLogOdds, [0.01, 0.7, 1, 3, 200], [0.5, 0.02, 1, 8, 1]],
  drawGumbel: [ops.drawGumbel],
  drawGeometric: [ops.drawGeometric, [0.001, 0.3, 0.9, 1]],
  drawPoisson: [ops.drawPoisson, [0, 0.2, 4, 9.9, 10, 47, 1e5]],
  drawRandint: [ops.drawRandint, [0, -7, -(2 ** 31), 5], [5, 6, 2 ** 31, 5]],
  drawVonMises: [ops.drawVonMises, [0, 0.01, 1, 30, 1e7]],
  drawInverseGaussian: [ops.drawInverseGaussian, [0.1, 1, 30], [2, 1, 0.01]],
}
const COUNT = 5003
const KEYS: readonly Key[] = [key(0), split(key(3), 2)[1]!]

/** What core draws, in float32. */
function truth(draw: Draw, k: Key, parameters: readonly tf.Tensor[]): readonly number[] {
  return tf.tidy(() => Array.from(draw(k, [COUNT], ...parameters).dataSync()))
}

const numbers = (x: unknown): readonly number[] => {
  if (x instanceof NdArray) return Array.from(x.data as Float64Array)
  const data = Array.from((x as tf.Tensor).dataSync())
  ;(x as tf.Tensor).dispose()
  return data
}

describe.each(['float32', 'float64'] as const)('compiled in %s', (precision) => {
  const tolerance = precision === 'float32' ? 2 ** -23 : 2 ** -20

  test.each(Object.entries(DRAWS))('%s draws what core draws from the same key', (_, [draw, ...given]) => {
    const each = given[0]?.map((_, i) => given.map((values) => values[i]!)) ?? [[]]
    const together = given.map((values) =>
      Array.from({ length: COUNT }, (_, i) => values[i % values.length]!),
    )
    const ways = [...each.map((values) => values.map((x) => [x])), together]
    const before = tf.memory().numTensors
    for (const values of ways) {
      const inputs = values.map((list) => new NdArray(Float64Array.from(list, Math.fround), [list.length]))
      const f = compile((k: tf.Tensor, ...xs: tf.Tensor[]) => draw(k, [COUNT], ...xs), {
        precision,
        engine: 'wasm',
      })
      for (const k of KEYS) {
        const got = numbers(f(Int32Array.from(k), ...inputs))
        const parameters = values.map((list) => tf.tensor1d(list))
        const wanted = truth(draw, k, parameters)
        tf.dispose(parameters)
        const bad = got.flatMap((x, i) => {
          const y = wanted[i]!
          return Object.is(x, y) || Math.abs(x - y) <= tolerance * Math.abs(y) ? [] : [`${i}: ${x} for ${y}`]
        })
        expect(bad.slice(0, 5), `${bad.length} of ${values.map((list) => list.slice(0, 6))}`).toEqual([])
      }
      expect(f.explain().called).toEqual([])
    }
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('in float64 draws have the digits of', () => {
  const drawn = (f: (k: tf.Tensor, ...xs: tf.Tensor[]) => tf.Tensor, ...parameters: number[]) => {
    const program = compile(f, { precision: 'float64', engine: 'wasm' })
    return program(Int32Array.from(key(11)), ...parameters.map((x) => new NdArray(Float64Array.of(x), [])))
  }
  const gapOf = (x: ArrayLike<number>, y: ArrayLike<number>) => {
    const gaps = Array.from(y, (wanted, i) => Math.abs(x[i]! - wanted) / Math.abs(wanted))
    return Math.max(...gaps)
  }

  test.each([0.2, 1, 4.7])('random.gamma of concentration %d', (concentration) => {
    const truth = random.gamma(key(11), [COUNT], { concentration, dtype: 'float64' })
    expect(gapOf(drawn((k, a) => ops.drawGamma(k, [COUNT], a), concentration).data, truth.data)).toBeLessThan(
      1e-13,
    )
    const logs = drawn((k, a) => ops.exp(ops.drawLogGamma(k, [COUNT], a)), concentration)
    expect(gapOf(logs.data, truth.data)).toBeLessThan(1e-13)
  })

  test('random.beta', () => {
    const truth = random.beta(key(11), [COUNT], { concentration1: 0.6, concentration0: 3, dtype: 'float64' })
    const odds = drawn((k, a, b) => ops.sigmoid(ops.drawLogOdds(k, [COUNT], a, b)), 0.6, 3)
    expect(gapOf(odds.data, truth.data)).toBeLessThan(1e-13)
  })
})

test('a count that int32 does not hold is told of, as by core', () => {
  const f = compile((k: tf.Tensor, p: tf.Tensor) => ops.drawGeometric(k, [5], p), { engine: 'wasm' })
  const given = [Int32Array.from(key(0)), tf.scalar(1e-12)] as const
  expect(() => f(...given)).toThrow(/geometric: draw \d of probs .* counts are int32/)
  expect(() => f(given[0], tf.scalar(2))).toThrow('is NaN')
})

test('of no draws there is nothing', () => {
  const f = compile((k: tf.Tensor) => ops.drawGamma(k, [0, 3], 2), { precision: 'float64', engine: 'wasm' })
  expect(f(Int32Array.from(key(0))).shape).toEqual([0, 3])
})

test('each step of a loop draws from its key', () => {
  const f = compile(
    (a: tf.Tensor) => {
      const step = (total: tf.Tensor, { key: k }: { readonly key: ops.AnyKey }) =>
        ops.add(total, ops.drawGamma(k, [3], a))
      return loop(step, { state: tf.zeros([3]), count: 4, random: key(5) }).state
    },
    { engine: 'wasm' },
  )
  tf.tidy(() => {
    const got = f(tf.scalar(0.4)).dataSync()
    const draws = [0, 1, 2, 3].map((i) => ops.drawGamma(foldIn(key(5), i), [3], 0.4))
    const truth = draws.reduce((sum, x) => ops.add(sum, x)).dataSync()
    expect(Array.from(got, (x, i) => Math.abs(x - truth[i]!) < 1e-6 * truth[i]!)).toEqual([true, true, true])
  })
  expect(f.explain().called).toEqual([])
})
