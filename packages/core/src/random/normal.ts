import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillNormal32, fillNormal64 } from './fillNormal.ts'
import { newFloatArray, type FloatArray, type FloatType } from './floatType.ts'
import { checkKey, type Key } from './key.ts'

export interface NormalOptions<Type extends FloatType = FloatType> {
  /** `'float32'` if not given. */
  readonly dtype?: Type
}

/**
 * Draws from the normal distribution with mean 0 and standard deviation 1: the same as
 * `jax.random.normal`, to 1e-6 in float32 and 1e-12 in float64.
 *
 * @throws ShapeError for a shape that is none; DomainError for a key or a dtype that is none.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.normal(key(0), [2]).toNested() // => [1.622642, 2.025265]
 * random.normal(key(0), [], { dtype: 'float64' }).at() // => -0.205842
 * ```
 */
export function normal<Type extends FloatType = 'float32'>(
  key: Key,
  shape: readonly number[],
  options?: NormalOptions<Type>,
): NdArray<FloatArray<Type>>
export function normal(
  key: Key,
  shape: readonly number[],
  { dtype = 'float32' }: NormalOptions = {},
): NdArray<Float32Array | Float64Array> {
  checkKey(key, 'random.normal')
  const data = newFloatArray(dtype, checkShape(shape, 'random.normal'), 'random.normal')
  if (data instanceof Float32Array) fillNormal32(key, data)
  else fillNormal64(key, data)
  return new NdArray(data, shape)
}
