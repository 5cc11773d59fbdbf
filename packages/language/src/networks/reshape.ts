import { ShapeError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import * as ops from '@variate/core/ops'
import type { Network, NoParams } from './network.ts'
import { checkShape, leadingOf } from './shapes.ts'

/**
 * The same numbers in another shape.
 *
 * @param from what it takes.
 * @param to what it gives.
 * @throws ShapeError for shapes of different sizes.
 *
 * @example
 * ```ts
 * import { convTranspose2d, dense, reshape, sequential } from '@variate/language'
 *
 * const decoder = sequential([
 *   dense(2, 7 * 7 * 4, { activation: 'relu' }),
 *   (shape) => reshape(shape, [7, 7, 4]),
 *   convTranspose2d([7, 7, 4], 1, { strides: 2, padding: 'same' }),
 * ])
 * decoder.output // => [14, 14, 1]
 * reshape([4], [3]) // => throws '[4] has 4 numbers, [3] has 3'
 * ```
 */
export function reshape(from: readonly number[], to: readonly number[]): Network<NoParams> {
  return reshaped('reshape', from, to)
}

/**
 * All numbers one behind the other, as a dense layer takes them.
 *
 * @param shape what it takes.
 *
 * @example
 * ```ts
 * import { flatten } from '@variate/language'
 *
 * flatten([7, 7, 4]).output // => [196]
 * ```
 */
export function flatten(shape: readonly number[]): Network<NoParams> {
  return reshaped('flatten', shape, [sizeOf(checkShape('flatten', shape))])
}

function reshaped(who: string, from: readonly number[], to: readonly number[]): Network<NoParams> {
  const [before, after] = [checkShape(who, from), checkShape(who, to)].map((shape) => sizeOf(shape))
  if (before !== after)
    throw new ShapeError(`${who}: [${from}] has ${before} numbers, [${to}] has ${after}: they must be equal`)
  return {
    input: from,
    output: to,
    init: () => ({}),
    apply: (_, x) => ops.reshape(x, [...leadingOf(who, x, from), ...to]),
  }
}
