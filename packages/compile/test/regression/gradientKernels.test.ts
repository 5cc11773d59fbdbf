import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'

// The gradients of some operations of TensorFlow.js run kernels that no operation runs.

const CASES: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  gather: (x) => tf.square(tf.gather(x, tf.tensor1d([1, 0, 1], 'int32'))),
  'gather along the last axis': (x) => tf.square(tf.gather(x, tf.tensor1d([2, 2, 0], 'int32'), 1)),
  elu: (x) => tf.square(tf.elu(x)),
  softmax: (x) => tf.square(tf.softmax(x)),
  cumsum: (x) => tf.square(tf.cumsum(x, 1)),
  prelu: (x) => tf.prelu(x, tf.scalar(0.2)),
  oneHot: (x) => tf.mul(tf.oneHot(tf.cast(tf.argMax(x, 1), 'int32'), 3), tf.square(x)),
  'stack and unstack': (x) => tf.square(tf.stack(tf.unstack(x, 1).toReversed())),
  tile: (x) => tf.square(tf.tile(x, [2, 2])),
  pad: (x) => tf.square(tf.pad(x, [[1, 0], [0, 2]])), // prettier-ignore
  'max and min': (x) => tf.sub(tf.max(x, 1, true), tf.min(x, 0, true)),
  matMul: (x) => tf.matMul(x, x, false, true),
}

test.each(Object.entries(CASES))('tf.grad of %s is what it is eagerly where it is compiled', (_, f) => {
  const slope = tf.grad((x) => tf.sum(f(x)))
  const x = tf.tensor2d([[0.5, -1.5, 2], [-0.25, 1, -3]]) // prettier-ignore
  const [eager, compiled] = [slope(x), compile(slope, { engine: 'wasm' })(x)]
  expect(compiled.shape).toEqual(eager.shape)
  eager.dataSync().forEach((wanted, i) => expect(compiled.dataSync()[i]!).toBeCloseTo(wanted, 4))
  tf.dispose([x, eager, compiled])
})
