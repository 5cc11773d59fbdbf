import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { foldIn, key, random } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile, loop } from '../../src/index.ts'
import { differences } from './sameDraws.ts'

/** Weights ≥ 0, a few of them 0, the same at each call. */
function weights(rows: number, categories: number): number[] {
  const uniforms = random.uniform(key(17 + categories), [rows * categories]).data
  return Array.from(uniforms, (u) => (u < 0.15 ? 0 : u * 3)).map((w, i) =>
    i % categories === 0 ? w + 0.01 : w,
  )
}

describe.each(['float32', 'float64'] as const)('compiled in %s', (precision) => {
  test.each([1, 2, 3, 4, 5, 8, 9, 17, 100, 1000])('one row of %d categories', (categories) => {
    const row = { data: weights(1, categories), shape: [categories] }
    expect(differences((k, w) => ops.drawCategorical(k, [3001], w!), [row], precision)).toEqual([])
  })

  test.each([
    [7, 3],
    [4, 6],
    [250, 2],
    [3, 65],
  ])('%d rows of %d categories that are drawn from in turn', (rows, categories) => {
    const given = { data: weights(rows, categories), shape: [rows, categories] }
    expect(differences((k, w) => ops.drawCategorical(k, [13, rows], w!), [given], precision)).toEqual([])
  })

  test.each([1, 2, 5, 40])('a row of %d categories for each draw', (categories) => {
    const given = { data: weights(503, categories), shape: [503, categories] }
    expect(differences((k, w) => ops.drawCategorical(k, [503], w!), [given], precision)).toEqual([])
  })

  test('categories of weight 0 are not drawn, and what cannot be drawn from is as in core', () => {
    const rows = [0, 1, 0, 2, 0, 0, 0, 5, 0, 0, 0, 0, NaN, 1, 1, 1, NaN, 1, Infinity, 1, 1]
    const given = { data: rows, shape: [7, 3] }
    expect(differences((k, w) => ops.drawCategorical(k, [200, 7], w!), [given], precision)).toEqual([])
    expect(differences((k, w) => ops.drawCategorical(k, [7], w!), [given], precision)).toEqual([])
  })

  test('few draws, and none', () => {
    const row = { data: [0.2, 0.3, 0.5], shape: [3] }
    for (const shape of [[], [1], [3], [0, 4]])
      expect(differences((k, w) => ops.drawCategorical(k, shape, w!), [row], precision)).toEqual([])
  })
})

test('weights may be whole numbers', () => {
  const f = compile((k: tf.Tensor, w: tf.Tensor) => ops.drawCategorical(k, [400], w), { engine: 'wasm' })
  const counts = Int32Array.of(3, 0, 1, 7)
  tf.tidy(() => {
    const wanted = ops.drawCategorical(key(2), [400], tf.tensor1d(counts, 'int32')).dataSync()
    expect(Array.from(f(Int32Array.from(key(2)), counts).dataSync())).toEqual(Array.from(wanted))
  })
  expect(f.explain().called).toEqual([])
})

test('each category comes up as often as its weight says', () => {
  const row = [0.5, 0.01, 2, 0.3, 1.19]
  const [count, total] = [200_000, 4]
  const f = compile((k: tf.Tensor, w: tf.Tensor) => ops.drawCategorical(k, [count], w), { engine: 'wasm' })
  tf.tidy(() => {
    const draws = f(Int32Array.from(key(23)), Float32Array.from(row)).dataSync()
    const seen = row.map(() => 0)
    for (const k of draws) seen[k]!++
    const terms = row.map((w, k) => (seen[k]! - (count * w) / total) ** 2 / ((count * w) / total))
    // The quantile of χ² with 4 degrees of freedom at 1 − 10⁻⁵.
    expect(terms.reduce((a, b) => a + b)).toBeLessThan(28.5)
  })
})

test('each step of a loop draws from its key', () => {
  const f = compile(
    (w: tf.Tensor) => {
      const step = (total: tf.Tensor, { key: k }: { readonly key: ops.AnyKey }) =>
        ops.add(total, ops.drawCategorical(k, [9], w))
      return loop(step, { state: tf.zeros([9]), count: 4, random: key(5) }).state
    },
    { engine: 'wasm' },
  )
  tf.tidy(() => {
    const w = tf.tensor1d([1, 2, 3, 4])
    const draws = [0, 1, 2, 3].map((i) => ops.drawCategorical(foldIn(key(5), i), [9], w) as tf.Tensor)
    const wanted = draws.reduce((sum, x) => ops.add(sum, x)).dataSync()
    expect(Array.from(f(w).dataSync())).toEqual(Array.from(wanted))
  })
  expect(f.explain().called).toEqual([])
})
