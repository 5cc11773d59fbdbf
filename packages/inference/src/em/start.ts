import { foldIn, random, type Key } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Completion } from './completions.ts'

/** How many observations each start has, in effect, for each combination. */
const EFFECTIVE = 8

/**
 * Expectations to start from at random: each combination of the discrete latents of an element has a log-normal weight, so
 * skewed that few elements count for most; what cannot be stays so. A maximisation makes parameters of them that are as far apart as the data allow.
 */
export function randomCompletions(completions: readonly Completion[], key: Key): readonly Completion[] {
  return completions.map((completion, at) => {
    const { term, points, weights } = completion
    const elements = sizeOf(term.lengths)
    if (points === 1) return completion
    const spread = Math.sqrt(Math.max(0.5, Math.log(elements / EFFECTIVE)))
    const noise = random.normal(foldIn(key, at), [points * elements], { dtype: 'float64' }).data
    return {
      ...completion,
      weights: weights.map((weight, i) => (weight === 0 ? 0 : Math.exp(spread * noise[i]!) / points)),
    }
  })
}
