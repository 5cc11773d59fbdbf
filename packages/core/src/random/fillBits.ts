import type { Key } from './key.ts'
import { threefry2x32 } from './threefry2x32.ts'

/** Draws are made in blocks whose working memory stays in the first-level cache. A power of two. */
export const BLOCK = 1024

const scratch: Uint32Array = /* @__PURE__ */ new Uint32Array(2 * BLOCK)

/**
 * The random words of draws `start` to `end` − 1, or of the first `BLOCK` of them: two for each draw, made
 * from its counter, so that draw i is the same whatever is drawn with it. Valid until the next call.
 */
export function wordsOfBlock(key: Key, start: number, end: number): Uint32Array {
  const words = start + BLOCK <= end ? scratch : scratch.subarray(0, 2 * (end - start))
  threefry2x32(key[0], key[1], Math.floor(start / 2 ** 32), start % 2 ** 32, words)
  return words
}

/** 32 random bits for each element: the two words of its counter, combined by exclusive or, as JAX does. */
export function fillBits(key: Key, out: Uint32Array): void {
  for (let start = 0; start < out.length; start += BLOCK) {
    const words = wordsOfBlock(key, start, out.length)
    for (let i = 0; 2 * i < words.length; i++) out[start + i] = words[2 * i]! ^ words[2 * i + 1]!
  }
}
