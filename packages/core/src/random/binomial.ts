import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillBinomial } from './fillBinomial.ts'
import { checkKey, type Key } from './key.ts'
import { toParameter, type ParameterDomain, type RandomParameter } from './toParameter.ts'

export interface BinomialOptions {
  /** The number of trials: whole, from 0 to 2³¹ − 1. */
  readonly total: RandomParameter
  /** The probability of a success. */
  readonly probs: RandomParameter
}

const COUNT: ParameterDomain = {
  has: (x) => Number.isInteger(x) && x >= 0 && x < 2 ** 31,
  says: 'a whole number from 0 to 2^31 - 1',
}
const PROBABILITY: ParameterDomain = { has: (x) => x >= 0 && x <= 1, says: 'from 0 to 1' }

/**
 * Draws the number of successes in `total` trials, of probabilities C(n, k)·p^k·(1 − p)^(n − k), by inversion or by
 * Hörmann's transformed rejection (1993).
 *
 * Equal keys give equal draws, draw i the same in every length; they are not those of
 * `jax.random.binomial`, whose way of drawing is another.
 *
 * @throws DomainError for a total that is not a whole number from 0 to 2³¹ − 1, a probability that is not from 0 to 1,
 * or a key that is none; ShapeError for a shape that is none, or that a parameter does not broadcast to.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.binomial(key(0), [5], { total: 10, probs: 0.3 }).toNested() // => [3, 2, 6, 3, 3]
 * random.binomial(key(0), [2, 2], { total: 1000, probs: [0, 0.5] }).toNested() // => [[0, 486], [0, 512]]
 * ```
 */
export function binomial(
  key: Key,
  shape: readonly number[],
  { total, probs }: BinomialOptions,
): NdArray<Int32Array> {
  const who = 'random.binomial'
  checkKey(key, who)
  const data = new Int32Array(checkShape(shape, who))
  const totals = toParameter(total, shape, `${who}: total`, COUNT)
  fillBinomial(key, totals, toParameter(probs, shape, `${who}: probs`, PROBABILITY), data)
  return new NdArray(data, shape)
}
