import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError } from '../../errors.ts'
import { shown } from '../../shown.ts'
import { cast } from '../cast.ts'
import { checkTensors } from '../real.ts'
import { reshape } from '../shapes.ts'
import { asBatch, filterOf, imagesOf } from './checks.ts'
import { conv2dInput } from './kernels.ts'
import { lengthOf, spanOf, windowOf, type ConvolutionOptions } from './window.ts'

export interface TransposedConvolutionOptions extends ConvolutionOptions {
  /**
   * The height and the width of the result, where strides leave several possible; if not given, those of the image times the
   * strides with padding `'same'`, else the smallest.
   */
  readonly outputSize?: readonly [height: number, width: number]
}

/**
 * The transpose of a convolution, which makes images larger by its strides: what `conv2d` with the same filter and options
 * makes of the result's shape is the shape of `x`, and ⟨conv2d(a, filter), x⟩ = ⟨a, convTranspose2d(x, filter)⟩ for all a.
 *
 * @param x images [..., height, width, out].
 * @param filter [rows, columns, in, out], as `conv2d` and TensorFlow.js's `conv2dTranspose` take it: its last axis is that of
 * the channels of `x`.
 * @returns [..., height′, width′, in].
 * @throws ShapeError for other ranks, channels that do not match and an `outputSize` of which there is no such convolution;
 * DomainError for strides, dilations and paddings that are none.
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant, convTranspose2d, reshape } from '@variate/core/ops'
 *
 * const image = reshape(constant([1, 2]), [1, 1, 2, 1])
 * const filter = reshape(constant([1, 10, 100]), [1, 3, 1, 1])
 * convTranspose2d(image, filter, { strides: [1, 2] }).dataSync() // => [1, 10, 102, 20, 200]
 * convTranspose2d(image, filter, { strides: [1, 2], padding: 'same' }).shape // => [1, 1, 4, 1]
 * ```
 */
export function convTranspose2d(
  x: Tensor,
  filter: Tensor,
  options: TransposedConvolutionOptions = {},
): Tensor {
  checkTensors('convTranspose2d', x, filter)
  const [height, width] = imagesOf('convTranspose2d', x)
  const [rows, columns, ins] = filterOf('convTranspose2d', filter, x, 3)
  const size = resultOf([height, width], [rows, columns], options)
  const window = windowOf('convTranspose2d', size, [rows, columns], options)
  for (const i of [0, 1] as const) {
    const length = lengthOf(window, i, size[i], [rows, columns][i]!)
    if (length === [height, width][i]) continue
    throw new ShapeError(
      `convTranspose2d: outputSize [${size}]: a convolution makes ${length} ${i === 0 ? 'rows' : 'columns'} of it, but images of ` +
        `shape [${x.shape}] have ${[height, width][i]}: leave it out, or change strides or padding`,
    )
  }
  const images = asBatch(x)
  const y = conv2dInput(images, cast(filter, 'float32'), [images.shape[0]!, ...size, ins], window)
  return x.rank === 4 ? y : reshape(y, [...x.shape.slice(0, -3), ...size, ins])
}

/** The height and the width of the result. */
function resultOf(
  image: readonly [number, number],
  filter: readonly [number, number],
  { outputSize, ...options }: TransposedConvolutionOptions,
): readonly [number, number] {
  if (outputSize !== undefined) {
    const isSize = outputSize.length === 2 && outputSize.every((n) => Number.isInteger(n) && n >= 1)
    if (isSize) return outputSize
    throw new DomainError(
      `convTranspose2d: outputSize must be a height and a width, whole numbers ≥ 1, got ${shown(outputSize)}`,
    )
  }
  // Paddings other than 'same' do not depend on the size.
  const { strides, dilations, pad } = windowOf('convTranspose2d', image, filter, options)
  const size = ([0, 1] as const).map((i) => {
    if (options.padding === 'same') return image[i] * strides[i]
    const [before, after] = pad[i + 1]!
    return (image[i] - 1) * strides[i] + spanOf(filter[i], dilations[i]) - before - after
  }) as [number, number]
  if (size.every((n) => n >= 1)) return size
  throw new ShapeError(
    `convTranspose2d: nothing is left of images of ${image.join(' × ')} and a filter of ${filter.join(' × ')} with paddings ` +
      `${shown(pad.slice(1, 3))}: give smaller ones`,
  )
}
