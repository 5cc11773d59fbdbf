import { DomainError } from '../errors.ts'
import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillUniform32, fillUniform64 } from './fillUniform.ts'
import { newFloatArray, type FloatArray, type FloatType } from './floatType.ts'
import { checkKey, type Key } from './key.ts'

export interface UniformOptions<Type extends FloatType = FloatType> {
  /** The lower end, included; 0 if not given. */
  readonly low?: number
  /** The upper end, excluded but for rounding; 1 if not given. */
  readonly high?: number
  /** `'float32'` if not given. */
  readonly dtype?: Type
}

/**
 * Draws from the uniform distribution on [low, high): the same as `jax.random.uniform`, bit by bit.
 *
 * @throws DomainError unless low < high and both are finite; ShapeError for a shape that is none.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.uniform(key(0), [2]).toNested() // => [0.947667, 0.97858]
 * random.uniform(key(0), [2], { low: -1, high: 1, dtype: 'float64' }).toNested() // => [-0.163086, -0.567409]
 * ```
 */
export function uniform<Type extends FloatType = 'float32'>(
  key: Key,
  shape: readonly number[],
  options?: UniformOptions<Type>,
): NdArray<FloatArray<Type>>
export function uniform(
  key: Key,
  shape: readonly number[],
  { low = 0, high = 1, dtype = 'float32' }: UniformOptions = {},
): NdArray<Float32Array | Float64Array> {
  checkKey(key, 'random.uniform')
  const round = dtype === 'float32' ? Math.fround : Number
  if (!(low < high && [low, high, high - low].every((end) => Number.isFinite(round(end))))) {
    throw new DomainError(
      `random.uniform: low must be < high, both and their distance finite in ${dtype}, got low ${String(low)}, high ${String(high)}`,
    )
  }
  const data = newFloatArray(dtype, checkShape(shape, 'random.uniform'), 'random.uniform')
  if (data instanceof Float32Array) fillUniform32(key, data, low, high)
  else fillUniform64(key, data, low, high)
  return new NdArray(data, shape)
}
