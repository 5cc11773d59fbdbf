import { DomainError } from '../errors.ts'
import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillRandint } from './fillRandint.ts'
import { checkKey, type Key } from './key.ts'
import { placeOf, toParameter, type ParameterDomain, type RandomParameter } from './toParameter.ts'

export interface RandintOptions {
  /** The least number, from −2³¹; 0 if not given. */
  readonly low?: RandomParameter
  /** The end, not itself drawn, up to 2³¹ − 1. */
  readonly high: RandomParameter
}

const INT32: ParameterDomain = {
  has: (x) => Number.isInteger(x) && x >= -(2 ** 31) && x < 2 ** 31,
  says: 'a whole number from -2^31 to 2^31 - 1',
}

/**
 * Draws whole numbers from `low` to `high` − 1, all alike: the same as `jax.random.randint`.
 *
 * An interval of up to 2¹⁶ numbers takes 64 random bits modulo its length, uneven by no more than 2⁻⁴⁸ of a
 * probability. A longer one, of n numbers, takes 32 bits, like JAX: probabilities are 1/n to within 2⁻³², which is
 * n/2³² of themselves. Draws that are even, but not JAX's, are those of `discreteUniform`.
 *
 * @throws DomainError unless low < high, whole and from −2³¹ to 2³¹ − 1, for a key that is none; ShapeError for a shape
 * that is none, or that an end does not broadcast to.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.randint(key(0), [8], { high: 100 }).toNested() // => [89, 0, 12, 73, 71, 47, 32, 23]
 * random.randint(key(0), [2, 2], { low: [-1, 1000], high: [2, 2000] }).toNested() // => [[0, 1000], [1, 1373]]
 * ```
 */
export function randint(
  key: Key,
  shape: readonly number[],
  { low = 0, high }: RandintOptions,
): NdArray<Int32Array> {
  const who = 'random.randint'
  checkKey(key, who)
  const data = new Int32Array(checkShape(shape, who))
  const lows = toParameter(low, shape, `${who}: low`, INT32)
  const highs = toParameter(high, shape, `${who}: high`, INT32)
  for (let i = 0; i < Math.max(lows.length, highs.length); i++) {
    const [least, end] = [lows[i % lows.length]!, highs[i % highs.length]!]
    if (least < end) continue
    const place = lows.length === 1 && highs.length === 1 ? '' : placeOf(i, shape)
    throw new DomainError(`${who}: low must be < high, got low ${least}, high ${end}${place}`)
  }
  fillRandint(key, lows, highs, data)
  return new NdArray(data, shape)
}
