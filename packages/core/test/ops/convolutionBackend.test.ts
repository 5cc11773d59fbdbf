import * as tf from '@tensorflow/tfjs-core'
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { conv2d, mul, sum } from '../../src/ops/index.ts'

/** The kernels of TensorFlow.js that ran. */
const ran: string[] = []
let before: string

beforeAll(() => {
  before = tf.getBackend()
  tf.registerBackend('watched', () => new MathBackendCPU())
  for (const kernel of tf.getKernelsForBackend('cpu')) {
    if (kernel.kernelName.startsWith('variate.')) continue
    const kernelFunc: typeof kernel.kernelFunc = (call) => {
      ran.push(kernel.kernelName)
      return kernel.kernelFunc(call)
    }
    tf.registerKernel({ ...kernel, backendName: 'watched', kernelFunc })
  }
  tf.setBackend('watched')
})

afterAll(() => {
  tf.removeBackend('watched')
  tf.setBackend(before || 'cpu')
})

/** Gradients in images and filter of a convolution of squares, and which kernels of convolutions ran for them. */
function gradients(
  dilations: number,
): readonly [slopes: readonly (readonly number[])[], kernels: readonly string[]] {
  ran.length = 0
  const slopes = tf.tidy(() => {
    const [x, filter] = [tf.reshape(tf.range(0, 50), [1, 5, 5, 2]), tf.reshape(tf.range(1, 9), [2, 2, 2, 1])]
    const f = (a: tf.Tensor, b: tf.Tensor): tf.Scalar => {
      const y = conv2d(a, b, { dilations })
      return sum(mul(y, 0.5)) as tf.Scalar
    }
    return tf
      .grads(f)([x, filter])
      .map((slope) => Array.from(slope.dataSync()))
  })
  return [slopes, ran.filter((name) => name.startsWith('Conv2D')).toSorted()]
}

/** What each pixel of the filter sees, halved: sums of images of 0, 1, 2 … over rows and columns. */
function seen(count: number, dilation: number): number[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].map((at) => {
    const [row, column, channel] = [at >> 2, (at >> 1) & 1, at & 1]
    let total = 0
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++)
        total += ((i + row * dilation) * 5 + j + column * dilation) * 2 + channel
    return total / 2
  })
}

test('a backend with kernels for convolutions runs them, but for derivatives with dilations, which they leave out', () => {
  const [plain, own] = gradients(1)
  expect(own).toEqual(['Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput'])
  expect(plain[1]).toEqual(seen(4, 1))
  const [dilated, some] = gradients(2)
  expect(some).toEqual(['Conv2D'])
  expect(dilated[1]).toEqual(seen(3, 2))
  // Σ of the filter's pixels that reach each pixel of the image, halved: all four at its middle.
  expect(dilated[0]!.slice(24, 26)).toEqual([(1 + 3 + 5 + 7) / 2, (2 + 4 + 6 + 8) / 2])
})
