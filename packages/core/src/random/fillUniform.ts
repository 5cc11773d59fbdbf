import { BLOCK, wordsOfBlock } from './fillBits.ts'
import { fusedMultiplyAdd } from './fusedMultiplyAdd.ts'
import type { Key } from './key.ts'

/**
 * float32 numbers in [low, high): 23 random bits as the mantissa. `low` and `high` are rounded to float32
 * first; the product and the sum are not rounded between, like those of XLA's fused instruction.
 */
export function fillUniform32(key: Key, out: Float32Array, low = 0, high = 1): void {
  const offset = Math.fround(low)
  const range = Math.fround(Math.fround(high) - offset)
  for (let start = 0; start < out.length; start += BLOCK) {
    const words = wordsOfBlock(key, start, out.length)
    for (let i = 0; 2 * i < words.length; i++) {
      const unit = ((words[2 * i]! ^ words[2 * i + 1]!) >>> 9) * 2 ** -23
      out[start + i] = unit * range + offset
    }
  }
}

/** float64 numbers in [low, high): 52 random bits as the mantissa. */
export function fillUniform64(key: Key, out: Float64Array, low = 0, high = 1): void {
  const range = high - low
  const isUnit = low === 0 && high === 1
  for (let start = 0; start < out.length; start += BLOCK) {
    const words = wordsOfBlock(key, start, out.length)
    for (let i = 0; 2 * i < words.length; i++) {
      const unit = (words[2 * i]! * 2 ** 20 + (words[2 * i + 1]! >>> 12)) * 2 ** -52
      out[start + i] = isUnit ? unit : fusedMultiplyAdd(unit, range, low)
    }
  }
}
