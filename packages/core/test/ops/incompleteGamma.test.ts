import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { UnsupportedError } from '../../src/index.ts'
import { gammainc, gammaincc, gammainccInverse, gammaincInverse, sum } from './all.ts'
import { checkDerivatives, checkValues } from './elementwiseLaws.ts'

const points = [
  [0.3, 0.01],
  [0.7, 1.3],
  [2.5, 0.4],
  [12, 30],
  [150, 140],
]
const quantiles = [
  [0.3, 0.2],
  [0.7, 0.5],
  [2.5, 0.9],
  [12, 0.03],
  [150, 0.6],
]

describe.each([
  ['gammainc', gammainc, points],
  ['gammaincc', gammaincc, points],
  ['gammaincInverse', gammaincInverse, quantiles],
  ['gammainccInverse', gammainccInverse, quantiles],
] as const)('%s', (_, op, cases) => {
  it('gives for tensors what it gives for numbers', () => {
    expect.hasAssertions()
    checkValues(op, cases)
  })

  it('is differentiable twice in both arguments', () => {
    expect.hasAssertions()
    checkDerivatives(op, cases, [0, 1])
  })
})

describe('gammainc', () => {
  it('has finite derivatives at 0', () => {
    const a = tf.tensor1d([1.5, 2.5])
    const [slopes] = tf.grads((shape: tf.Tensor, x: tf.Tensor) => sum(gammainc(shape, x)))([a, tf.zeros([2])])
    expect(Array.from(slopes!.dataSync())).toEqual([0, 0])
    const second = tf.grad((x: tf.Tensor) => tf.grad((shape: tf.Tensor) => gammainc(shape, x))(a))(
      tf.zeros([2]),
    )
    expect(Array.from(second.dataSync()).every(Number.isFinite)).toBe(true)
  })

  it('says that there is no third derivative in the first argument', () => {
    const d = (f: (a: tf.Tensor) => tf.Tensor) => tf.grad(f)
    expect(() => d(d(d((a) => gammainc(a, 2))))(tf.scalar(1.5))).toThrow(UnsupportedError)
  })
})
