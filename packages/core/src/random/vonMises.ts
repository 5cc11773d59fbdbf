import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillVonMises } from './fillVonMises.ts'
import { newFloatArray, type FloatArray, type FloatType } from './floatType.ts'
import { checkKey, type Key } from './key.ts'
import { NOT_NEGATIVE, toParameter, type RandomParameter } from './toParameter.ts'

export interface VonMisesOptions<Type extends FloatType = FloatType> {
  /** κ ≥ 0; 0 is the uniform distribution. */
  readonly concentration: RandomParameter
  /** `'float32'` if not given. */
  readonly dtype?: Type
}

/**
 * Draws from the von Mises distribution of mean direction 0, from −π to π, of density e^(κ·cos θ)/(2π·I₀(κ)), by Best
 * and Fisher (1979), in a form that holds for every κ.
 *
 * Equal keys give equal draws, draw i the same in every length.
 *
 * @throws DomainError for a concentration that is not ≥ 0, a key or a dtype that is none; ShapeError for a shape that is
 * none, or that a parameter does not broadcast to.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.vonMises(key(0), [3], { concentration: 4 }).toNested() // => [-0.173647, -0.599133, 0.0296099]
 * ```
 */
export function vonMises<Type extends FloatType = 'float32'>(
  key: Key,
  shape: readonly number[],
  options: VonMisesOptions<Type>,
): NdArray<FloatArray<Type>>
export function vonMises(
  key: Key,
  shape: readonly number[],
  { concentration, dtype = 'float32' }: VonMisesOptions,
): NdArray<Float32Array | Float64Array> {
  const who = 'random.vonMises'
  checkKey(key, who)
  const data = newFloatArray(dtype, checkShape(shape, who), who)
  fillVonMises(key, toParameter(concentration, shape, `${who}: concentration`, NOT_NEGATIVE), data)
  return new NdArray(data, shape)
}
