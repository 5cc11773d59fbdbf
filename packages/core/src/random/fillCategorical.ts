import type { Parameter } from './fillBlocks.ts'
import { BLOCK, wordsOfBlock } from './fillBits.ts'
import type { Key } from './key.ts'

/**
 * Draws categories 0 … K − 1 by inversion, by halving, so that many draws from one row cost log K each. Categories of
 * weight 0 are never drawn.
 *
 * @param weights probabilities up to a factor, ≥ 0: one row, or rows that repeat, draw i taking row i modulo their number.
 * @param categories the length of a row.
 */
export function fillCategorical(
  key: Key,
  weights: Parameter,
  categories: number,
  out: Int32Array | Float32Array,
): void {
  const cumulative = new Float64Array(weights.length)
  for (let start = 0; start < weights.length; start += categories) {
    let sum = 0
    for (let i = start; i < start + categories; i++) cumulative[i] = sum += weights[i]!
  }
  let row = 0
  for (let start = 0; start < out.length; start += BLOCK) {
    const words = wordsOfBlock(key, start, out.length)
    for (let i = 0; 2 * i < words.length; i++) {
      // At most 1 − 2⁻⁵², so that no product is rounded up to the total.
      const u = (words[2 * i]! * 2 ** 20 + (words[2 * i + 1]! >>> 12)) * 2 ** -52
      const target = u * cumulative[row + categories - 1]!
      let low = row
      let high = row + categories - 1
      while (low < high) {
        const middle = (low + high) >>> 1
        if (cumulative[middle]! > target) high = middle
        else low = middle + 1
      }
      out[start + i] = low - row
      row += categories
      if (row === weights.length) row = 0
    }
  }
}
