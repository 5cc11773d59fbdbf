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
  // Expected: the second and third derivative of P(a, x) for x → 0, of its power series (DLMF 8.7.1).
  it.each([
    [1, -1, 1],
    [2, 1, -2],
    [3, 0, 1],
    [4, 0, 0],
  ])('of shape %d has its derivatives at 0', (a, second, third) => {
    const d = (f: (x: tf.Tensor) => tf.Tensor) => (x: tf.Tensor) => tf.grad(f)(x)
    const curvature = d(d((x) => gammainc(a, x)))
    expect(curvature(tf.scalar(0)).dataSync()[0]! + 0).toBe(second)
    expect(d(d((x) => gammaincc(a, x)))(tf.scalar(0)).dataSync()[0]! + 0).toBe(0 - second)
    expect(d(curvature)(tf.scalar(0)).dataSync()[0]! + 0).toBe(third)
  })

  it('bends to infinity at 0 for a shape between 1 and 2, and not at all at infinity', () => {
    const curvature = (x: tf.Tensor) => tf.grad((y) => tf.grad((z) => gammainc(1.5, z))(y))(x)
    expect(Array.from(curvature(tf.tensor1d([0, Infinity])).dataSync())).toEqual([Infinity, 0])
  })

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
