import type { Tensor } from '@tensorflow/tfjs-core'
import { cast } from '../cast.ts'
import { checkTensors } from '../real.ts'
import { reshape } from '../shapes.ts'
import { asBatch, filterOf, imagesOf } from './checks.ts'
import { conv2dOutput } from './kernels.ts'
import { sizeAfter, windowOf, type ConvolutionOptions } from './window.ts'

/**
 * The convolution of images with a filter, which is not turned over (it is the cross-correlation, as elsewhere in neural
 * networks): pixel (i, j) of the result holds, for each of its channels o,
 * Σ x[i · stride + r · dilation − top, j · stride + c · dilation − left, k] · filter[r, c, k, o] over r, c and k, with zeros for
 * what lies outside of the image.
 *
 * Derivatives of any order are convolutions again.
 *
 * @param x images [..., height, width, in].
 * @param filter [rows, columns, in, out], as in TensorFlow.js.
 * @returns [..., height′, width′, out].
 * @throws ShapeError for other ranks, channels that do not match and a filter larger than the images; DomainError for strides,
 * dilations and paddings that are none.
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant, conv2d, fill, reshape } from '@variate/core/ops'
 *
 * const image = reshape(constant([1, 2, 3, 4, 5, 6, 7, 8, 9]), [1, 3, 3, 1])
 * const sums = fill([2, 2, 1, 1], 1)
 * conv2d(image, sums).dataSync() // => [12, 16, 24, 28]
 * conv2d(image, sums, { strides: 2, padding: 'same' }).dataSync() // => [12, 9, 15, 9]
 * ```
 */
export function conv2d(x: Tensor, filter: Tensor, options: ConvolutionOptions = {}): Tensor {
  checkTensors('conv2d', x, filter)
  const [height, width] = imagesOf('conv2d', x)
  const [rows, columns, , outs] = filterOf('conv2d', filter, x, 2)
  const window = windowOf('conv2d', [height, width], [rows, columns], options)
  const size = sizeAfter('conv2d', window, [height, width], [rows, columns])
  const y = conv2dOutput(asBatch(x), cast(filter, 'float32'), window)
  return x.rank === 4 ? y : reshape(y, [...x.shape.slice(0, -3), ...size, outs])
}
