import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { constant, gather, sum, square, where, greater } from '@variate/core/ops'
import { compile, grad } from '../src/index.ts'

const third = Float64Array.of(1 / 3, -2 / 3, 5 / 3, 7 / 3, 11 / 3, 13 / 3)
const x = ndarray(third, [2, 3])

test('what is gathered keeps its digits in float64, at indices known before and not', () => {
  const f = compile(
    (a: tf.Tensor, at: tf.Tensor) => [gather(a, at, 1), gather(a, constant([2, 0], 'int32'), 1)],
    {
      precision: 'float64',
    },
  )
  const truth = [5 / 3, 1 / 3, 13 / 3, 7 / 3]
  const [dynamic, known] = f(x, Int32Array.of(2, 0))
  expect(Array.from(dynamic!.data)).toEqual(truth)
  expect(Array.from(known!.data)).toEqual(truth)
  expect(f.explain().called).toEqual([])
})

test('indices of any shape take the place of their axis', () => {
  const f = compile((a: tf.Tensor) => gather(a, constant([[1, 0, 1]], 'int32')), { precision: 'float64' })
  const { shape, data } = f(x)
  expect(shape).toEqual([1, 3, 3])
  expect(Array.from(data)).toEqual(
    [third.slice(3), third.slice(0, 3), third.slice(3)].flatMap((row) => [...row]),
  )
})

test('the gradient of a hierarchical model keeps its digits in float64', () => {
  const group = Int32Array.of(0, 1, 1, 2)
  const f = compile(
    grad((mu: tf.Tensor) => sum(square(gather(mu, constant(group, 'int32'))))),
    { precision: 'float64' },
  )
  expect(Array.from(f(third.slice(0, 3)).data)).toEqual([2 / 3, (-2 / 3) * 4, 10 / 3])
})

test('choices of whole numbers and conditions are made in float64 programs, too', () => {
  const f = compile(
    (a: tf.Tensor) => [
      where(greater(a, 0), 1, 2),
      tf.where(tf.greater(a, 0), tf.less(a, 1), tf.greater(a, -1)),
    ],
    {
      precision: 'float64',
    },
  )
  const [whole, truth] = f(Float64Array.of(0.5, 2, -0.5, -2))
  expect(Array.from(whole!.data)).toEqual([1, 1, 2, 2])
  expect(Array.from(truth!.data)).toEqual([1, 0, 1, 0])
})

test('an index that is out of bounds is told of, and leaves no tensors', () => {
  const before = tf.memory().numTensors
  for (const engine of ['wasm', 'eager'] as const) {
    const f = compile((a: tf.Tensor, at: tf.Tensor) => gather(a, at), { engine })
    expect(() => f(Float32Array.of(1, 2), Int32Array.of(2))).toThrow(
      'gather: indices must be 0 … 1 on axis 0 of length 2, got 2',
    )
    const known = compile((a: tf.Tensor) => gather(a, constant([-1], 'int32')), { engine })
    expect(() => known(Float32Array.of(1, 2))).toThrow('got -1')
  }
  expect(tf.memory().numTensors).toBe(before)
})
