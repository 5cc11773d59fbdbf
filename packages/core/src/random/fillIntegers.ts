import { fillBlocks, type Block, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/**
 * Whole numbers from `low` to `high`, itself included: the upper 32 bits of the product of 64 random bits and how many
 * there are, n (Lemire 2019, “Fast random integer generation in an interval”, ACM TOMACS 29 (1), without his
 * rejection): of no two are the probabilities apart by more than a part of n/2⁶⁴, 2⁻³² at most.
 *
 * @param low whole, from −2³¹ to 2³¹ − 1, like `high`.
 */
export function fillIntegers(key: Key, low: Parameter, high: Parameter, out: Int32Array): void {
  fillBlocks(key, { low, high }, out, drawIntegers)
}

function drawIntegers({ count, words, parameters, draws }: Block): void {
  const lows = parameters[0]!
  const highs = parameters[1]!
  for (let i = 0; i < count; i++) {
    const low = lows[i]!
    // The least that float32 has above 2³¹ − 1 is 2³¹.
    const n = Math.min(highs[i]!, 2 ** 31 - 1) - low + 1
    const word = words[2 * i]!
    // Of 16 bits at a time, so that no product passes 2⁵³.
    const carried = Math.floor(words[2 * i + 1]! * 2 ** -32 * n)
    const middle = Math.floor(((word & 0xffff) * n + carried) * 2 ** -16)
    draws[i] = low + Math.floor(((word >>> 16) * n + middle) * 2 ** -16)
  }
}
