import { uniformOf } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/**
 * Draws from geometric distributions, the number of failures before the first success: ⌊log u / log(1 − p)⌋.
 *
 * @param probs the probability of a success, above 0 and up to 1.
 */
export function fillGeometric(key: Key, probs: Parameter, out: Draws): void {
  fillBlocks(key, { probs }, out, drawGeometric, 'geometric')
}

function drawGeometric({ count, words, parameters, draws }: Block): void {
  const probs = parameters[0]!
  let prob = NaN
  let logOfFailure = NaN
  for (let i = 0; i < count; i++) {
    if (probs[i] !== prob) {
      prob = probs[i]!
      logOfFailure = Math.log1p(-prob)
    }
    draws[i] =
      prob > 0 && prob <= 1
        ? Math.floor(Math.log(uniformOf(words[2 * i]!, words[2 * i + 1]!)) / logOfFailure)
        : NaN
  }
}
