import { BLOCK, wordsOfBlock } from '../../random/fillBits.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/** Standard Gumbel draws −log(−log u), from 53 random bits, so that both tails are fine. */
export const drawGumbel: Draw = /* @__PURE__ */ defineDraw('drawGumbel', (key, _, out) => {
  for (let start = 0; start < out.length; start += BLOCK) {
    const words = wordsOfBlock(key, start, out.length)
    for (let i = 0; 2 * i < words.length; i++) {
      const unit = (words[2 * i]! * 2 ** 20 + (words[2 * i + 1]! >>> 12) + 0.5) * 2 ** -52
      out[start + i] = -Math.log(-Math.log(unit))
    }
  }
})
