import { reshape } from '@variate/core/ops'
import { oneHotCategorical, type OneHotCategorical } from '@variate/distributions'
import { reshape as reshaped } from '@variate/language'
import { requireKnown } from '../../regression/checkOptions.ts'
import { requireCount } from '../parts.ts'
import type { Decoder } from './decoder.ts'

/**
 * Categories, such as letters or levels without an order, independent given the latents: the network gives the logits of each. An
 * example is [count, categories], of rows with a single 1; what is decoded are probabilities.
 *
 * @throws DomainError unless `categories` is a whole number ≥ 1, and for options that there are not.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { tensor1d } from '@tensorflow/tfjs-core'
 * import { categoricalDecoder } from '@variate/models/autoencoders'
 *
 * const letters = categoricalDecoder({ categories: 3 })
 * letters.width(2) // => 6
 * letters.distribution(tensor1d([0, 0, 0, 9, 0, 0]), 2).mean().arraySync() // => [[0.333, 0.333, 0.333], [0.9998, 0.0001, 0.0001]]
 * ```
 */
export function categoricalDecoder(options: { readonly categories: number }): Decoder<OneHotCategorical> {
  requireKnown('categoricalDecoder', options, ['categories'])
  const { categories } = options
  requireCount('categoricalDecoder', 'categories', categories)
  return {
    name: 'categorical',
    range: [0, 1],
    width: (count) => count * categories,
    distribution: (logits, count) => oneHotCategorical({ logits: reshape(logits, [count, categories]) }),
    reads: (count) => reshaped([count, categories], [count * categories]),
  }
}
