import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillGamma } from './fillGamma.ts'
import { newFloatArray, type FloatArray, type FloatType } from './floatType.ts'
import { checkKey, type Key } from './key.ts'
import { POSITIVE, toParameter, type RandomParameter } from './toParameter.ts'

export interface GammaOptions<Type extends FloatType = FloatType> {
  /** a > 0. */
  readonly concentration: RandomParameter
  /** `'float32'` if not given. */
  readonly dtype?: Type
}

/**
 * Draws from the gamma distribution of a concentration (shape) a and rate 1, of density x^(a − 1)·e^(−x)/Γ(a),
 * by Marsaglia and Tsang (2000).
 *
 * Equal keys give equal draws, draw i the same in every length; they are not those of
 * `jax.random.gamma`, whose way of drawing is another.
 * A draw too small for the dtype is 0.
 *
 * @throws DomainError for a concentration that is not > 0, a key or a dtype that is none; ShapeError for a shape that is
 * none, or that a parameter does not broadcast to.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.gamma(key(0), [3], { concentration: 2.5 }).toNested() // => [1.22956, 1.74144, 4.4938]
 * random.gamma(key(0), [2, 2], { concentration: [0.5, 100] }).toNested() // => [[0.3516, 96.6022], [2.87626, 91.5162]]
 * ```
 */
export function gamma<Type extends FloatType = 'float32'>(
  key: Key,
  shape: readonly number[],
  options: GammaOptions<Type>,
): NdArray<FloatArray<Type>>
export function gamma(
  key: Key,
  shape: readonly number[],
  { concentration, dtype = 'float32' }: GammaOptions,
): NdArray<Float32Array | Float64Array> {
  const who = 'random.gamma'
  checkKey(key, who)
  const data = newFloatArray(dtype, checkShape(shape, who), who)
  fillGamma(key, toParameter(concentration, shape, `${who}: concentration`, POSITIVE), data)
  return new NdArray(data, shape)
}
