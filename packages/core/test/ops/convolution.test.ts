import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DomainError, ShapeError } from '../../src/index.ts'
import { conv2d, convTranspose2d, cos, sin, sum, type ConvolutionOptions } from '../../src/ops/index.ts'

interface Case extends ConvolutionOptions {
  readonly x: readonly number[]
  readonly filter: readonly number[]
  readonly shape: readonly number[]
  readonly y: readonly number[]
  readonly gradients: readonly (readonly number[])[]
}

const { cases } = JSON.parse(
  readFileSync(new URL('../oracles/convolution.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly Case[] }

function sines(shape: readonly number[], seed: number): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1)
  return tf.tensor(
    Array.from({ length: size }, (_, i) => Math.sin(0.7 * (i + 1) + 0.31 * seed)),
    [...shape],
  )
}

/** How far numbers are apart at most; infinitely, if there are not equally many. */
function gap(x: tf.Tensor, wanted: ArrayLike<number>): number {
  const got = x.dataSync()
  if (got.length !== wanted.length) return Infinity
  return Array.from(got).reduce((max, number, i) => Math.max(max, Math.abs(number - wanted[i]!)), 0)
}

const CLOSE = 5e-6

/** A padding as TensorFlow.js is told, which takes numbers for rows and columns to be equally many of both in the result. */
const told = (padding: 'same' | 'valid' | number) =>
  typeof padding === 'number'
    ? ([
        [0, 0],
        [padding, padding],
        [padding, padding],
        [0, 0],
      ] as [[0, 0], [number, number], [number, number], [0, 0]]) // prettier-ignore
    : padding

const images = (...shape: number[]): tf.Tensor4D => sines(shape, 5) as tf.Tensor4D

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
  tf.engine().startScope()
})
afterEach(() => {
  tf.engine().endScope()
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

describe('a convolution', () => {
  it.each(cases)('of $x with $filter, $strides, $padding, $dilations, is that of PyTorch', (one) => {
    const [x, filter] = [sines(one.x, 1), sines(one.filter, 2)]
    const y = conv2d(x, filter, one)
    expect(y.shape).toEqual(one.shape)
    expect(gap(y, one.y)).toBeLessThan(CLOSE)
    const [dx, df] = tf.grads((a: tf.Tensor, f: tf.Tensor) => sum(cos(conv2d(a, f, one))))([x, filter])
    expect(gap(dx!, one.gradients[0]!)).toBeLessThan(CLOSE)
    expect(gap(df!, one.gradients[1]!)).toBeLessThan(CLOSE)
  })

  it('is that of TensorFlow.js, for all strides, paddings and dilations', () => {
    const [x, filter] = [images(2, 9, 8, 3), sines([3, 2, 3, 2], 6) as tf.Tensor4D]
    for (const strides of [1, 2, 3, [1, 2]] as const) {
      for (const padding of ['same', 'valid', 0, 1, 2] as const) {
        for (const dilations of [1, 2, [2, 1]] as const) {
          if (strides !== 1 && dilations !== 1) continue
          const theirs = tf.conv2d(x, filter, strides as number, told(padding), 'NHWC', dilations as number) // prettier-ignore
          const ours = conv2d(x, filter, { strides, padding, dilations })
          expect(ours.shape).toEqual(theirs.shape)
          expect(gap(ours, theirs.dataSync())).toBeLessThan(CLOSE)
        }
      }
    }
  })

  it('takes images with any axes in front, of any type', () => {
    const filter = sines([3, 3, 2, 4], 1)
    const x = images(6, 5, 5, 2)
    const y = conv2d(x, filter)
    expect(gap(conv2d(tf.reshape(x, [2, 3, 5, 5, 2]), filter), y.dataSync())).toBeLessThan(CLOSE)
    expect(conv2d(tf.reshape(x, [2, 3, 5, 5, 2]), filter).shape).toEqual([2, 3, 3, 3, 4])
    expect(conv2d(tf.reshape(tf.slice(x, 0, 1), [5, 5, 2]), filter).shape).toEqual([3, 3, 4])
    const whole = tf.cast(tf.greater(x, 0), 'int32')
    expect(gap(conv2d(whole, filter), conv2d(tf.cast(whole, 'float32'), filter).dataSync())).toBeLessThan(
      CLOSE,
    )
  })

  it('of no images, or to no channels, is empty, and of no channels 0', () => {
    expect(conv2d(tf.zeros([0, 5, 5, 2]), sines([3, 3, 2, 4], 1)).shape).toEqual([0, 3, 3, 4])
    expect(conv2d(images(1, 5, 5, 2), tf.zeros([3, 3, 2, 0])).shape).toEqual([1, 3, 3, 0])
    expect(gap(conv2d(tf.zeros([1, 3, 3, 0]), tf.zeros([3, 3, 0, 2])), [0, 0])).toBeLessThan(CLOSE)
  })
})

describe('a transposed convolution', () => {
  it('is that of TensorFlow.js, whose result has a size that is given', () => {
    const [x, filter] = [images(2, 4, 3, 3), sines([3, 4, 2, 3], 6) as tf.Tensor4D]
    for (const strides of [1, 2, [1, 2]] as const) {
      for (const padding of ['same', 'valid', 1] as const) {
        const ours = convTranspose2d(x, filter, { strides, padding })
        const theirs = tf.conv2dTranspose(x, filter, ours.shape as [number, number, number, number], strides as number, told(padding)) // prettier-ignore
        expect(gap(ours, theirs.dataSync())).toBeLessThan(CLOSE)
      }
    }
  })

  it('is the transpose of the convolution, dilated or not, for every size that there is', () => {
    const dot = (a: tf.Tensor, b: tf.Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0]!
    for (const options of [
      {},
      { strides: 2 },
      { strides: [3, 2] },
      { dilations: 2 },
      { strides: 2, dilations: [1, 2], padding: 1 },
      {
        strides: 2,
        padding: [
          [0, 1],
          [2, 1],
        ],
      },
    ] as ConvolutionOptions[])
      // prettier-ignore
      for (const [height, width] of [
        [7, 8],
        [8, 7],
        [9, 9],
      ] as const) {
        const [a, filter] = [images(2, height, width, 2), sines([3, 2, 2, 3], 2)]
        const y = conv2d(a, filter, options)
        const b = sines(y.shape, 9)
        const back = convTranspose2d(b, filter, { ...options, outputSize: [height, width] })
        expect(back.shape).toEqual(a.shape)
        expect(dot(a, back)).toBeCloseTo(dot(y, b), 3)
      }
  })

  it('has derivatives', () => {
    const [x, filter] = [images(1, 3, 3, 2), sines([2, 2, 1, 2], 3)]
    const y = tf.conv2dTranspose(x, filter as tf.Tensor4D, [1, 6, 6, 1], 2, 'valid')
    const f = (a: tf.Tensor, w: tf.Tensor): tf.Scalar =>
      sum(sin(convTranspose2d(a, w, { strides: 2 }))) as tf.Scalar
    const [dx, dw] = tf.grads(f)([x, filter])
    expect(gap(dx!, tf.conv2d(tf.cos(y), filter as tf.Tensor4D, 2, 'valid').dataSync())).toBeLessThan(CLOSE)
    const attributes = { strides: [2, 2], pad: 'valid', dataFormat: 'NHWC', filterShape: [2, 2, 1, 2] }
    const theirs = tf.engine().runKernel('Conv2DBackpropFilter', { x: tf.cos(y), dy: x }, attributes as never)
    expect(gap(dw!, (theirs as tf.Tensor).dataSync())).toBeLessThan(CLOSE)
  })
})

describe('what is wrong is said', () => {
  const [x, filter] = [
    [2, 5, 5, 3],
    [3, 3, 3, 4],
  ] as const
  const wrong: readonly (readonly [
    options: object,
    x: readonly number[],
    filter: readonly number[],
    error: typeof ShapeError | typeof DomainError,
    message: string,
  ])[] = [
    [{}, [5, 5], filter, ShapeError, 'images must be of shape [..., height, width, channels], got [5,5]'],
    [{}, x, [3, 3, 3], ShapeError, 'a filter must be of shape [rows, columns, in, out], got [3,3,3]'],
    [{}, x, [0, 3, 3, 4], ShapeError, 'a filter must have rows and columns, got shape [0,3,3,4]'],
    [{}, x, [3, 3, 1, 4], ShapeError, 'images of shape [2,5,5,3] have 3 channels, but axis 2 of the filter'],
    [{}, x, [6, 3, 3, 4], ShapeError, 'a filter over 6 × 3 pixels does not fit in images of 5 × 5'],
    [{ dilations: 3 }, x, filter, ShapeError, 'a filter over 7 × 7 pixels does not fit'],
    [{ strides: 0 }, x, filter, DomainError, 'strides must be a whole number ≥ 1, or one for rows and one for columns, got 0'],
    [{ strides: [1, -1] }, x, filter, DomainError, 'got [1,-1]'],
    [{ strides: 1.5 }, x, filter, DomainError, 'got 1.5'],
    [{ dilations: [1] }, x, filter, DomainError, 'dilations must be a whole number ≥ 1'],
    [{ padding: -1 }, x, filter, DomainError, "padding must be 'same', 'valid', a whole number ≥ 0"],
    [{ padding: 'full' }, x, filter, DomainError, 'got "full"'],
    [{ padding: [1, 1] }, x, filter, DomainError, 'got [1,1]'],
  ] // prettier-ignore
  it.each(wrong)('conv2d with %o of %o and %o', (options, a, f, error, message) => {
    const call = (): unknown => conv2d(tf.zeros([...a]), tf.zeros([...f]), options)
    expect(call).toThrow(error)
    expect(call).toThrow(message)
  })

  it.each([
    [{}, [1, 2, 2, 3], [3, 3, 3, 4], ShapeError, 'have 3 channels, but axis 3 of the filter'],
    [
      { strides: 2, outputSize: [9, 9] },
      [1, 2, 2, 4],
      [3, 3, 3, 4],
      ShapeError,
      'outputSize [9,9]: a convolution makes 4 rows of it',
    ],
    [
      { outputSize: [4.5, 4] },
      [1, 2, 2, 4],
      [3, 3, 3, 4],
      DomainError,
      'outputSize must be a height and a width',
    ],
    [{ outputSize: 4 }, [1, 2, 2, 4], [3, 3, 3, 4], DomainError, 'outputSize must be a height and a width'],
    [{ padding: 3 }, [1, 2, 2, 4], [3, 3, 3, 4], ShapeError, 'nothing is left of images of 2 × 2'],
  ] as const)('convTranspose2d with %o of %o and %o', (options, a, f, error, message) => {
    const call = (): unknown => convTranspose2d(tf.zeros([...a]), tf.zeros([...f]), options as never)
    expect(call).toThrow(error)
    expect(call).toThrow(message)
  })

  it('what is no tensor', () => {
    expect(() => conv2d(1 as never, tf.zeros([1, 1, 1, 1]))).toThrow('conv2d: got 1 where a tensor belongs')
  })
})
