import { avgPool, maxPool, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core'
import { evalShape } from '@variate/compile'
import { DomainError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { fill, reshape, type Pair } from '@variate/core/ops'
import type { Network, NoParams } from './network.ts'
import { checkPair, checkShape, leadingOf } from './shapes.ts'

export interface Pool2dOptions {
  /** The rows and columns of a window; 2 if not given. */
  readonly size?: Pair
  /** How far a window moves; its size if not given. */
  readonly strides?: Pair
  /** `'valid'` if not given: no windows that reach out of the images. */
  readonly padding?: 'same' | 'valid'
}

/**
 * The largest number of each window, channel by channel.
 *
 * @param input images [height, width, channels].
 * @throws DomainError for what is no shape, size, stride or padding.
 *
 * @example
 * ```ts
 * import { maxPool2d } from '@variate/language'
 *
 * maxPool2d([28, 28, 8]).output // => [14, 14, 8]
 * ```
 */
export function maxPool2d(input: readonly number[], options: Pool2dOptions = {}): Network<NoParams> {
  return pool('maxPool2d', maxPool, input, options)
}

/**
 * The mean of each window, channel by channel, of what of it is within the images.
 *
 * @param input images [height, width, channels].
 * @throws DomainError for what is no shape, size, stride or padding.
 *
 * @example
 * ```ts
 * import { avgPool2d } from '@variate/language'
 *
 * avgPool2d([7, 7, 8], { size: 7 }).output // => [1, 1, 8]
 * ```
 */
export function avgPool2d(input: readonly number[], options: Pool2dOptions = {}): Network<NoParams> {
  return pool('avgPool2d', avgPool, input, options)
}

function pool(
  who: string,
  f: typeof maxPool,
  input: readonly number[],
  { size = 2, strides = size, padding = 'valid' }: Pool2dOptions,
): Network<NoParams> {
  checkShape(who, input)
  if (input.length !== 3)
    throw new DomainError(`${who}: images must be of shape [height, width, channels], got [${input}]`)
  if (padding !== 'same' && padding !== 'valid')
    throw new DomainError(`${who}: padding must be 'same' or 'valid', got ${String(padding)}`)
  const [window, apart] = [checkPair(who, 'size', size), checkPair(who, 'strides', strides)]
  if (padding === 'valid' && window.some((length, i) => length > input[i]!))
    throw new DomainError(`${who}: a window of ${window.join(' × ')} does not fit into images of [${input}]`)
  const pooled = (x: Tensor): Tensor => f(x as Tensor4D, [...window], [...apart], padding)
  const output = evalShape(() => pooled(fill([1, ...input], 0)))().shape.slice(1)
  return {
    input,
    output,
    init: () => ({}),
    apply: (_, x) => {
      const leading = leadingOf(who, x, input)
      return reshape(pooled(reshape(x, [sizeOf(leading), ...input])), [...leading, ...output])
    },
  }
}
