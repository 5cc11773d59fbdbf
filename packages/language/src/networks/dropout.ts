import { DomainError } from '@variate/core'
import { randomBits, shown, sizeOf } from '@variate/core/internal'
import { cast, div, less, reshape, where } from '@variate/core/ops'
import type { Network, NoParams } from './network.ts'
import { checkShape, leadingOf } from './shapes.ts'

/**
 * In training, sets each number to 0 with probability `rate`, and divides the others by 1 − rate, so that their mean stays; else
 * it does nothing. The steps of `bbvi` are training, and nothing else that a model is evaluated for: there what is left out differs
 * between steps, sites and elements, and is the same in all that a step computes of an element, such as several draws of it and
 * their log q.
 *
 * @param shape of what it takes and gives.
 * @param rate from 0 to below 1.
 * @throws DomainError for another rate, and in training without a key.
 * @see Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, Dropout (JMLR 2014).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { key } from '@variate/core'
 * import { constant } from '@variate/core/ops'
 * import { dropout } from '@variate/language'
 *
 * const x = constant([1, 2, 3, 4, 5, 6])
 * const half = dropout([6], 0.5)
 * half.apply({}, x).dataSync() // => [1, 2, 3, 4, 5, 6]
 * const kept = half.apply({}, x, { key: key(0), training: true }).dataSync()
 * kept.every((value, i) => value === 0 || value === 2 * (i + 1)) // => true
 * half.apply({}, x, { training: true }) // => throws 'needs a key'
 * ```
 */
export function dropout(shape: readonly number[], rate: number): Network<NoParams> {
  checkShape('dropout', shape)
  if (!(rate >= 0 && rate < 1))
    throw new DomainError(`dropout: the rate must be from 0 to below 1, got ${shown(rate)}`)
  // Words are uniform from −2³¹ to 2³¹ − 1.
  const bound = (rate - 0.5) * 2 ** 32
  return {
    input: shape,
    output: shape,
    init: () => ({}),
    apply: (_, x, { key, training = false } = {}) => {
      leadingOf('dropout', x, shape)
      if (!training || rate === 0) return x
      if (key === undefined)
        throw new DomainError('dropout: needs a key in training: give apply { key, training: true }')
      const words = reshape(randomBits(key, sizeOf(x.shape)), x.shape)
      return where(less(cast(words, 'float32'), bound), 0, div(x, 1 - rate))
    },
  }
}
