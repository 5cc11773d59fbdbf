import { uniformOf } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/**
 * Draws from exponential distributions, −log(u)/rate.
 *
 * @param rate > 0 and finite.
 */
export function fillExponential(key: Key, rate: Parameter, out: Draws): void {
  fillBlocks(key, { rate }, out, drawExponential)
}

function drawExponential({ count, words, parameters, draws }: Block): void {
  const rates = parameters[0]!
  for (let i = 0; i < count; i++) {
    const rate = rates[i]!
    draws[i] =
      rate > 0 && rate < Infinity ? -Math.log(uniformOf(words[2 * i]!, words[2 * i + 1]!)) / rate : NaN
  }
}
