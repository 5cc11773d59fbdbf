import * as ops from '@variate/core/ops'
import type { TransposedConvolutionOptions } from '@variate/core/ops'
import { convolutional, type ConvolutionalOptions, type ConvolutionParams } from './convolutional.ts'
import type { Network } from './network.ts'

export interface ConvTranspose2dOptions extends ConvolutionalOptions, TransposedConvolutionOptions {}

/**
 * A layer of transposed convolutions, which makes images larger by its strides: activation(x ∗ᵀ filter + bias), as
 * `convTranspose2d` of `@variate/core/ops` computes it.
 *
 * @param input images [height, width, channels].
 * @param channels of the result.
 * @param options strides, padding (`'valid'` if not given), dilations and `outputSize` as of the operation.
 * @returns a network with filters [rows, columns, channels out, channels in] and a bias [channels out].
 * @throws DomainError for what is no shape, kernel, stride, dilation or padding; ShapeError for sizes that do not fit.
 *
 * @example
 * ```ts
 * import { key } from '@variate/core'
 * import { convTranspose2d } from '@variate/language'
 *
 * const layer = convTranspose2d([14, 14, 32], 1, { kernel: 4, strides: 2, padding: 'same' })
 * layer.output // => [28, 28, 1]
 * layer.init(key(0)).filter.shape // => [4, 4, 1, 32]
 * ```
 */
export function convTranspose2d(
  input: readonly number[],
  channels: number,
  options: ConvTranspose2dOptions = {},
): Network<ConvolutionParams> {
  const { kernel: _, activation: __, init: ___, ...window } = options
  return convolutional(
    {
      name: 'convTranspose2d',
      isTransposed: true,
      convolve: (x, filter) => ops.convTranspose2d(x, filter, window),
    },
    input,
    channels,
    options,
  )
}
