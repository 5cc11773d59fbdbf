import * as ops from '@variate/core/ops'
import type { ConvolutionOptions } from '@variate/core/ops'
import { convolutional, type ConvolutionalOptions, type ConvolutionParams } from './convolutional.ts'
import type { Network } from './network.ts'

export interface Conv2dOptions extends ConvolutionalOptions, ConvolutionOptions {}

/**
 * A layer of convolutions: activation(x ∗ filter + bias), as `conv2d` of `@variate/core/ops` computes it.
 *
 * @param input images [height, width, channels].
 * @param channels of the result.
 * @param options strides, padding (`'valid'` if not given) and dilations as of the operation.
 * @returns a network with filters [rows, columns, channels in, channels out] and a bias [channels out].
 * @throws DomainError for what is no shape, kernel, stride, dilation or padding; ShapeError for a filter larger than the images.
 *
 * @example
 * ```ts
 * import { key } from '@variate/core'
 * import { conv2d } from '@variate/language'
 *
 * const layer = conv2d([28, 28, 1], 32, { kernel: 4, strides: 2, padding: 'same', activation: 'relu' })
 * layer.output // => [14, 14, 32]
 * layer.init(key(0)).filter.shape // => [4, 4, 1, 32]
 * ```
 */
export function conv2d(
  input: readonly number[],
  channels: number,
  options: Conv2dOptions = {},
): Network<ConvolutionParams> {
  const { kernel: _, activation: __, init: ___, ...window } = options
  return convolutional(
    { name: 'conv2d', isTransposed: false, convolve: (x, filter) => ops.conv2d(x, filter, window) },
    input,
    channels,
    options,
  )
}
