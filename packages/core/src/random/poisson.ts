import { NdArray } from '../ndarray.ts'
import { checkShape } from './checkShape.ts'
import { fillPoisson } from './fillPoisson.ts'
import { checkKey, type Key } from './key.ts'
import { toParameter, type ParameterDomain, type RandomParameter } from './toParameter.ts'

export interface PoissonOptions {
  /** From 0 to 2e9, for draws are int32. */
  readonly rate: RandomParameter
}

const RATE: ParameterDomain = { has: (x) => x >= 0 && x <= 2e9, says: 'from 0 to 2e9' }

/**
 * Draws from the Poisson distribution, of probabilities rate^k·e^(−rate)/k!, by inversion or by Hörmann's transformed
 * rejection (1993).
 *
 * Equal keys give equal draws, draw i the same in every length; they are not those of
 * `jax.random.poisson`, whose way of drawing is another.
 *
 * @throws DomainError for a rate that is not from 0 to 2e9, or a key that is none; ShapeError for a shape that is
 * none, or that the rate does not broadcast to.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.poisson(key(0), [5], { rate: 3.5 }).toNested() // => [3, 2, 7, 4, 3]
 * random.poisson(key(0), [2, 2], { rate: [0, 1000] }).toNested() // => [[0, 972], [0, 1007]]
 * ```
 */
export function poisson(key: Key, shape: readonly number[], { rate }: PoissonOptions): NdArray<Int32Array> {
  const who = 'random.poisson'
  checkKey(key, who)
  const data = new Int32Array(checkShape(shape, who))
  fillPoisson(key, toParameter(rate, shape, `${who}: rate`, RATE), data)
  return new NdArray(data, shape)
}
