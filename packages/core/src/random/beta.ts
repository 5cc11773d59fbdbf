import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillBeta } from './fillBeta.ts'
import { newFloatArray, type FloatArray, type FloatType } from './floatType.ts'
import { checkKey, type Key } from './key.ts'
import { POSITIVE, toParameter, type RandomParameter } from './toParameter.ts'

export interface BetaOptions<Type extends FloatType = FloatType> {
  /** a > 0. */
  readonly concentration1: RandomParameter
  /** b > 0. */
  readonly concentration0: RandomParameter
  /** `'float32'` if not given. */
  readonly dtype?: Type
}

/**
 * Draws from the beta distribution, of density x^(a − 1)·(1 − x)^(b − 1)/B(a, b), as x/(x + y) of two gamma draws,
 * by their logarithms.
 *
 * Equal keys give equal draws, draw i the same in every length; they are not those of
 * `jax.random.beta`, whose way of drawing is another.
 * A draw nearer to 0 or 1 than the dtype has numbers is 0 or 1.
 *
 * @throws DomainError for a concentration that is not > 0, a key or a dtype that is none; ShapeError for a shape that is
 * none, or that a parameter does not broadcast to.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.beta(key(0), [3], { concentration1: 2, concentration0: 5 }).toNested() // => [0.0124418, 0.650821, 0.631235]
 * ```
 */
export function beta<Type extends FloatType = 'float32'>(
  key: Key,
  shape: readonly number[],
  options: BetaOptions<Type>,
): NdArray<FloatArray<Type>>
export function beta(
  key: Key,
  shape: readonly number[],
  { concentration1, concentration0, dtype = 'float32' }: BetaOptions,
): NdArray<Float32Array | Float64Array> {
  const who = 'random.beta'
  checkKey(key, who)
  const data = newFloatArray(dtype, checkShape(shape, who), who)
  fillBeta(
    key,
    toParameter(concentration1, shape, `${who}: concentration1`, POSITIVE),
    toParameter(concentration0, shape, `${who}: concentration0`, POSITIVE),
    data,
  )
  return new NdArray(data, shape)
}
