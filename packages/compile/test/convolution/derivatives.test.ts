import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ndarray, type NdArray } from '@variate/core'
import { batch, compile, valueAndGrad } from '../../src/index.ts'
import { numbers } from '../routines/numbers.ts'
import { run } from './run.ts'

type Layer = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor

/** Layers of images [2, 6, 5, 2] with a filter [3, 2, 2, 3], as TensorFlow.js has them. */
const LAYERS: Readonly<Record<string, Layer>> = {
  conv2d: (x, f) => tf.conv2d(x, f, 2, 'same'),
  'conv2d with channels in front': (x, f) =>
    tf.conv2d(tf.reshape(x, [2, 2, 6, 5]) as tf.Tensor4D, f, 1, 'valid', 'NCHW'),
  'conv2d that leaves columns out': (x, f) => tf.conv2d(x, f, 1, 1, 'NHWC', 1, 'floor'),
  conv2dTranspose: (x, f) =>
    tf.conv2dTranspose(x, tf.transpose(f, [0, 1, 3, 2]) as tf.Tensor4D, [2, 12, 10, 3], 2, 'same'),
  depthwiseConv2d: (x, f) => tf.depthwiseConv2d(x, f, 2, 'same'),
  'avgPool and maxPool': (x, f) =>
    tf.add(tf.avgPool(x, 2, 2, 'valid'), tf.mul(tf.maxPool(x, 2, 2, 'valid'), tf.mean(f))),
  'maxPool of windows that overlap': (x, f) => tf.mul(tf.maxPool(x, [3, 2], [2, 1], 'same'), tf.mean(f)),
}

const shapes: readonly (readonly number[])[] = [
  [2, 6, 5, 2],
  [3, 2, 2, 3],
]
const given = shapes.map((shape, i) =>
  ndarray(numbers(shape.reduce((a, b) => a * b), i + 1).map(Math.fround), [...shape]),
) as [NdArray, NdArray] // prettier-ignore

const totalOf =
  (layer: Layer) =>
  (x: tf.Tensor, f: tf.Tensor): tf.Tensor =>
    tf.sum(tf.sin(layer(x as tf.Tensor4D, f as tf.Tensor4D)))

let tensors: number
beforeEach(() => void (tensors = tf.memory().numTensors))
// oxlint-disable-next-line vitest/no-standalone-expect
afterEach(() => expect(tf.memory().numTensors, 'tensors left').toBe(tensors))

test.each(Object.entries(LAYERS))('gradients through %s are those of finite differences', (_, layer) => {
  const total = totalOf(layer)
  const gradients = run((x, f) => valueAndGrad(total)(x!, f!).grads, given, 'float64')
  const value = compile(total, { engine: 'wasm', precision: 'float64' }) as unknown as (
    ...xs: NdArray[]
  ) => NdArray
  for (const [k, { data, shape }] of given.entries()) {
    const direction = numbers(data.length, 9)
    const at = (step: number): number =>
      value(...given.with(k, ndarray(Float64Array.from(data, (x, i) => x + step * direction[i]!), [...shape]))).data[0]! // prettier-ignore
    const difference = (8 * (at(1e-4) - at(-1e-4)) - (at(2e-4) - at(-2e-4))) / 12e-4
    const slope = gradients[k]!.reduce((sum, g, i) => sum + g * direction[i]!, 0)
    expect(Math.abs(slope - difference) / Math.max(1, Math.abs(difference))).toBeLessThan(1e-9)
  }
})

// TensorFlow.js has no gradient with channels in front, and another count of columns in one that leaves some out.
const TAPED = Object.entries(LAYERS).filter(([name]) => !name.startsWith('conv2d '))

test.each(TAPED)('gradients through %s on the tape of TensorFlow.js are those on the graph', (_, layer) => {
  const total = totalOf(layer) as (x: tf.Tensor, f: tf.Tensor) => tf.Scalar
  const results = run(
    (x, f) => [...tf.grads(total)([x!, f!]), ...valueAndGrad(total)(x!, f!).grads],
    given,
    'float64',
  )
  const eager = tf.tidy(() =>
    tf.grads(total)(given.map(({ data, shape }) => tf.tensor(Array.from(data), [...shape], 'float32'))).map((x) => x.dataSync()),
  ) // prettier-ignore
  for (const [i, of] of results.slice(0, 2).entries()) {
    for (const [j, x] of of.entries()) {
      expect(x).toBeCloseTo(results[i + 2]![j]!, 12)
      expect(x).toBeCloseTo(eager[i]![j]!, 4)
    }
  }
})

test('images and filters that both differ from element to element are convolved one after the other, compiled', () => {
  const f = batch((x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'))
  const [x, w] = [ndarray(numbers(3 * 120, 1), [3, 2, 6, 5, 2]), ndarray(numbers(3 * 36, 2), [3, 3, 2, 2, 3])]
  const [all] = run((a, b) => [f(a!, b!)], [x, w], 'float64')
  const each = [0, 1, 2].flatMap(
    (i) =>
      run(
        (a, b) => [tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same')],
        [
          ndarray(x.data.slice(120 * i, 120 * (i + 1)), [2, 6, 5, 2]),
          ndarray(w.data.slice(36 * i, 36 * (i + 1)), [3, 2, 2, 3]),
        ],
        'float64',
      )[0]!,
  )
  expect(all).toEqual(each)
})
