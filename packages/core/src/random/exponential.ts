import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillExponential } from './fillExponential.ts'
import { newFloatArray, type FloatArray, type FloatType } from './floatType.ts'
import { checkKey, type Key } from './key.ts'
import { POSITIVE, toParameter, type RandomParameter } from './toParameter.ts'

export interface ExponentialOptions<Type extends FloatType = FloatType> {
  /** > 0; 1 if not given. */
  readonly rate?: RandomParameter
  /** `'float32'` if not given. */
  readonly dtype?: Type
}

/**
 * Draws from the exponential distribution of a rate, of density rate·e^(−rate·x).
 *
 * Equal keys give equal draws, draw i the same in every length; they are not those of
 * `jax.random.exponential`, whose way of drawing is another.
 *
 * @throws DomainError for a rate that is not > 0, a key or a dtype that is none; ShapeError for a shape that is
 * none, or that a parameter does not broadcast to.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.exponential(key(0), [3], { rate: 2 }).toNested() // => [0.465408, 0.160966, 0.577541]
 * ```
 */
export function exponential<Type extends FloatType = 'float32'>(
  key: Key,
  shape: readonly number[],
  options?: ExponentialOptions<Type>,
): NdArray<FloatArray<Type>>
export function exponential(
  key: Key,
  shape: readonly number[],
  { rate = 1, dtype = 'float32' }: ExponentialOptions = {},
): NdArray<Float32Array | Float64Array> {
  const who = 'random.exponential'
  checkKey(key, who)
  const data = newFloatArray(dtype, checkShape(shape, who), who)
  fillExponential(key, toParameter(rate, shape, `${who}: rate`, POSITIVE), data)
  return new NdArray(data, shape)
}
