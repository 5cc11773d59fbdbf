import { fractionOf, type ElementStream } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'
import { EXPONENTIAL } from './ziggurat.ts'

/**
 * Draws from exponential distributions: of rate 1, over the rate.
 *
 * @param rate > 0 and finite.
 */
export function fillExponential(key: Key, rate: Parameter, out: Draws): void {
  fillBlocks(key, { rate }, out, drawExponential)
}

function drawExponential({ start, count, words, parameters, draws }: Block, stream: ElementStream): void {
  const rates = parameters[0]!
  const { radii } = EXPONENTIAL
  for (let i = 0; i < count; i++) {
    const rate = rates[i]!
    const layer = words[2 * i]! & 0xff
    const x = fractionOf(words[2 * i]!, words[2 * i + 1]!) * radii[layer]!
    if (!(rate > 0 && rate < Infinity)) draws[i] = NaN
    else if (x < radii[layer + 1]!) draws[i] = x / rate
    else {
      stream.seek(start + i)
      draws[i] = stream.exponential() / rate
    }
  }
}
