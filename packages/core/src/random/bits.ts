import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillBits } from './fillBits.ts'
import { checkKey, type Key } from './key.ts'

/**
 * Random bits, 32 in each element: the same as `jax.random.bits(key, shape)`.
 *
 * @throws ShapeError for a shape that is none; DomainError for a key that is none.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.bits(key(0), [2]).toNested() // => [4070199207, 4202968722]
 * ```
 */
export function bits(key: Key, shape: readonly number[]): NdArray<Uint32Array> {
  checkKey(key, 'random.bits')
  const data = new Uint32Array(checkShape(shape, 'random.bits'))
  fillBits(key, data)
  return new NdArray(data, shape)
}
