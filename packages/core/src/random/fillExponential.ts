import { fractionOf, type ElementStream } from './elementStream.ts'
import { BLOCK } from './fillBits.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'
import { EXPONENTIAL } from './ziggurat.ts'

/** The draws of a block that take a second look, after the loop: calls within it would slow it down. */
const later = /* @__PURE__ */ new Int32Array(BLOCK)

/**
 * Draws from exponential distributions: of rate 1, over the rate.
 *
 * @param rate > 0 and finite.
 */
export function fillExponential(key: Key, rate: Parameter, out: Draws): void {
  fillBlocks(key, { rate }, out, (block, stream) => {
    drawExponentials(block, stream)
    const { count, draws } = block
    const rates = block.parameters[0]!
    for (let i = 0; i < count; i++) draws[i]! /= rates[i]! > 0 && rates[i]! < Infinity ? rates[i]! : NaN
  })
}

/** Exponentials of rate 1, by the ziggurat. */
export function drawExponentials({ start, count, words, draws }: Block, stream: ElementStream): void {
  const { radii } = EXPONENTIAL
  let rest = 0
  for (let i = 0; i < count; i++) {
    const layer = words[2 * i]! & 0xff
    const x = fractionOf(words[2 * i]!, words[2 * i + 1]!) * radii[layer]!
    draws[i] = x
    if (!(x < radii[layer + 1]!)) later[rest++] = i
  }
  for (let k = 0; k < rest; k++) {
    stream.seek(start + later[k]!)
    draws[later[k]!] = stream.exponential()
  }
}
