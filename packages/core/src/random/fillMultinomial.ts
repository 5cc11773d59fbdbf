import { binomialTable, drawBinomial } from './drawBinomial.ts'
import { ElementStream } from './elementStream.ts'
import { writeCount, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/**
 * Draws the counts of each category in `total` trials, a row for each draw: each count is binomial, given those
 * before it.
 *
 * @param total the number of trials of row r, at r modulo the length; whole and ≥ 0.
 * @param probs the probabilities, ≥ 0: one row, or one for each row of `out`. They are divided by their sum.
 * @param categories the length of a row.
 * @param out rows of counts. Draw (r, k) has the element number r·categories + k.
 */
export function fillMultinomial(
  key: Key,
  total: Parameter,
  probs: Parameter,
  categories: number,
  out: Draws,
): void {
  const stream = new ElementStream(key)
  const remaining = new Float64Array(categories)
  const named = { total }
  for (let start = 0, row = 0; start < out.length; start += categories, row++) {
    const from = start % probs.length
    let sum = 0
    // From the end, so that what remains for the last categories is not a difference of near numbers.
    for (let k = categories - 1; k >= 0; k--) remaining[k] = sum += probs[from + k]!
    let left = total[row % total.length]!
    for (let k = 0; k < categories; k++) {
      stream.seek(start + k)
      const prob = probs[from + k]!
      const table = binomialTable(left, prob === 0 && sum > 0 ? 0 : prob / remaining[k]!)
      const count = table ? drawBinomial(table, stream) : NaN
      left -= count
      writeCount(out, start + k, count, named, 'multinomial', row)
    }
  }
}
