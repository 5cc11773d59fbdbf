import { BLOCK, wordsOfBlock } from '../../random/fillBits.ts'
import type { Key } from '../../random/key.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/** The largest float32 number below 1. */
const BELOW_ONE = 1 - 2 ** -24

/**
 * Uniform draws on the open interval (0, 1), from 53 random bits: fine near 0, where float32 is, and never 0 or 1,
 * so that quantile functions of them are finite.
 */
export const drawUniform: Draw = /* @__PURE__ */ defineDraw('drawUniform', (key, _, out) =>
  fillOpen(key, out),
)

function fillOpen(key: Key, out: Float32Array | Int32Array | Uint8Array): void {
  for (let start = 0; start < out.length; start += BLOCK) {
    const words = wordsOfBlock(key, start, out.length)
    for (let i = 0; 2 * i < words.length; i++) {
      const unit = (words[2 * i]! * 2 ** 20 + (words[2 * i + 1]! >>> 12) + 0.5) * 2 ** -52
      out[start + i] = unit < BELOW_ONE ? unit : BELOW_ONE
    }
  }
}
