import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { key, NdArray, special } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile, grad } from '../../src/index.ts'

const SHAPES = [0.01, 0.2, 0.9, 1, 1.7, 5, 9.99, 10, 25, 39, 40, 41, 150, 5000, 1e7]
/** Draws at multiples of the shape, near to it and far. */
const RATIOS = [1e-6, 0.01, 0.3, 0.66, 0.68, 0.9, 0.9999, 1, 1.001, 1.1, 1.39, 1.41, 2, 6, 40]
const pairs = SHAPES.flatMap((a) => RATIOS.map((ratio) => [a, ratio * a] as const))
const column = (which: 0 | 1): NdArray<Float64Array> =>
  new NdArray(
    Float64Array.from(pairs, (pair) => pair[which]),
    [pairs.length],
  )

test('gammaSampleDerivative is that of core, in float64', () => {
  const f = compile((a: tf.Tensor, x: tf.Tensor) => ops.gammaSampleDerivative(a, x), {
    precision: 'float64',
    engine: 'wasm',
  })
  const got = f(column(0), column(1)).data
  const gaps = pairs.map(([a, x], i) => {
    const truth = special.gammaSampleDerivative(a, x)
    return { a, x, gap: Math.abs(got[i]! - truth) / Math.abs(truth) }
  })
  expect(gaps.filter(({ gap }) => !(gap < 1e-12))).toEqual([])
  expect(f.explain().called).toEqual([])
  const ends = f(
    new NdArray(Float64Array.of(1, -1, 2, NaN, 0, 2), [6]),
    new NdArray(Float64Array.of(0, 1, Infinity, 1, 1, -1), [6]),
  ).data
  expect(Array.from(ends)).toEqual([0, NaN, NaN, NaN, NaN, NaN])
})

test('gamma draws move with their concentration as those of core, without calls', () => {
  const shapes = [0.3, 1, 4, 60]
  const f = compile(
    grad((a: tf.Tensor, k: tf.Tensor) => ops.sum(ops.drawGamma(k, [500, 4], a))),
    { engine: 'wasm' },
  )
  tf.tidy(() => {
    const got = f(tf.tensor1d(shapes), Int32Array.from(key(4)))
    const truth = tf.grad((a) => ops.sum(ops.drawGamma(key(4), [500, 4], a)))(tf.tensor1d(shapes))
    const wanted = truth.dataSync()
    expect(Array.from(got.dataSync(), (x, i) => Math.abs(x - wanted[i]!) / wanted[i]! < 1e-5)).toEqual([
      true, true, true, true,
    ]) // prettier-ignore
  })
  expect(f.explain().called).toEqual([])
})
