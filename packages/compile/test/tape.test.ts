import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { compile } from '../src/index.ts'

type Op = (x: tf.Tensor) => tf.Tensor

/** At [1, 2, 3]; of the norm x/‖x‖, of the variance 2(x − x̄)/3. */
const GRADIENTS: readonly (readonly [string, Op, readonly number[]])[] = [
  ['a sum cast to its own type', (x) => tf.sum(tf.cast(tf.square(x), 'float32')), [2, 4, 6]],
  ['a sum of a sum', (x) => tf.sum(tf.sum(tf.square(x))), [2, 4, 6]],
  ['the maximum of a sum', (x) => tf.max(tf.sum(tf.square(x))), [2, 4, 6]],
  ['a tile that repeats nothing', (x) => tf.sum(tf.tile(tf.square(x), [1])), [2, 4, 6]],
  ['a sum of one', (x) => tf.sum(tf.addN([tf.square(x)])), [2, 4, 6]],
  ['a list of one', (x) => tf.sum(tf.concat([tf.square(x)])), [2, 4, 6]],
  ['a norm', (x) => tf.norm(x), [1, 2, 3].map((x) => x / Math.sqrt(14))],
  ['a variance', (x) => tf.moments(x).variance, [-2 / 3, 0, 2 / 3]],
]

describe('TensorFlow.js’s own gradient, traced', () => {
  test.each(GRADIENTS)('of %s is that of its closed form', (_, f, gradient) => {
    const slope = compile((x: tf.Tensor) => tf.grad(f)(x))
    const result = slope(Float32Array.of(1, 2, 3))
    const data = result.dataSync()
    for (const [i, d] of gradient.entries()) expect(data[i]).toBeCloseTo(d, 6)
    result.dispose()
  })
})
