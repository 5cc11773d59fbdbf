import { DomainError } from '../errors.ts'
import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillTruncatedNormal } from './fillTruncatedNormal.ts'
import { newFloatArray, type FloatArray, type FloatType } from './floatType.ts'
import { checkKey, type Key } from './key.ts'
import { placeOf, toParameter, type ParameterDomain, type RandomParameter } from './toParameter.ts'

export interface TruncatedNormalOptions<Type extends FloatType = FloatType> {
  /** The lower end; −∞ if not given. */
  readonly low?: RandomParameter
  /** The upper end; ∞ if not given. */
  readonly high?: RandomParameter
  /** `'float32'` if not given. */
  readonly dtype?: Type
}

const NOT_NAN: ParameterDomain = { has: (x) => !Number.isNaN(x), says: 'a number' }

/**
 * Draws from the normal distribution with mean 0 and standard deviation 1 between two ends, exact however far in the
 * tail they are, by rejection (Robert 1995).
 *
 * Equal keys give equal draws, draw i the same in every length; they are not those of
 * `jax.random.truncated_normal`, whose way of drawing is another. Ends that the dtype cannot hold are rounded.
 *
 * @throws DomainError unless low < high, for a key or a dtype that is none; ShapeError for a shape that is none, or
 * that an end does not broadcast to.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.truncatedNormal(key(0), [3], { low: 0 }).toNested() // => [0.499491, 0.243723, 3.36163]
 * random.truncatedNormal(key(0), [2], { low: 30, high: 31, dtype: 'float64' }).toNested() // => [30.018, 30.0081]
 * ```
 */
export function truncatedNormal<Type extends FloatType = 'float32'>(
  key: Key,
  shape: readonly number[],
  options?: TruncatedNormalOptions<Type>,
): NdArray<FloatArray<Type>>
export function truncatedNormal(
  key: Key,
  shape: readonly number[],
  { low = -Infinity, high = Infinity, dtype = 'float32' }: TruncatedNormalOptions = {},
): NdArray<Float32Array | Float64Array> {
  const who = 'random.truncatedNormal'
  checkKey(key, who)
  const data = newFloatArray(dtype, checkShape(shape, who), who)
  const lows = toParameter(low, shape, `${who}: low`, NOT_NAN)
  const highs = toParameter(high, shape, `${who}: high`, NOT_NAN)
  for (let i = 0; i < Math.max(lows.length, highs.length); i++) {
    const [lower, upper] = [lows[i % lows.length]!, highs[i % highs.length]!]
    if (lower < upper) continue
    const place = lows.length === 1 && highs.length === 1 ? '' : placeOf(i, shape)
    throw new DomainError(`${who}: low must be < high, got low ${lower}, high ${upper}${place}`)
  }
  fillTruncatedNormal(key, lows, highs, data)
  return new NdArray(data, shape)
}
