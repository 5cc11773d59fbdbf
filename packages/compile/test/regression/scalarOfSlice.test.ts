import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { mul, reshape, slice } from '@variate/core/ops'
import { compile } from '../../src/index.ts'

test('a number of a vector is read where nothing is written out', () => {
  const second = (x: tf.Tensor): tf.Tensor => reshape(slice(x, [1], [1]), [])
  const f = compile((a: tf.Tensor, b: tf.Tensor) => mul(a, second(b)), {
    precision: 'float64',
    passes: { unrolling: false },
  })
  expect(Array.from(f(Float64Array.of(1, 2, 3), Float64Array.of(5, 7)).data)).toEqual([7, 14, 21])
})
