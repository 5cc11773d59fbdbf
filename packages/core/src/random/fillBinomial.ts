import { binomialTable, drawBinomial, invertBinomial } from './drawBinomial.ts'
import { spareOfUniform, uniformOf, type ElementStream } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/**
 * Draws from binomial distributions, exact for every number of trials that a double holds; see `drawBinomial`.
 *
 * @param total the number of trials, whole and ≥ 0.
 * @param probs the probability of a success, from 0 to 1.
 */
export function fillBinomial(key: Key, total: Parameter, probs: Parameter, out: Draws): void {
  fillBlocks(key, { total, probs }, out, drawBlock, 'binomial')
}

function drawBlock({ start, count, words, parameters, draws }: Block, stream: ElementStream): void {
  const totals = parameters[0]!
  const probs = parameters[1]!
  let total = NaN
  let prob = NaN
  let table = binomialTable(0, 0)
  for (let i = 0; i < count; i++) {
    if (totals[i] !== total || probs[i] !== prob) {
      total = totals[i]!
      prob = probs[i]!
      table = binomialTable(total, prob)
    }
    if (!table) {
      draws[i] = NaN
      continue
    }
    const word1 = words[2 * i + 1]!
    const u = uniformOf(words[2 * i]!, word1) - 0.5
    const us = 0.5 - Math.abs(u)
    if (table.small) {
      const k = invertBinomial(u + 0.5, table)
      draws[i] = table.mirrored ? total - k : k
    } else if (us >= 0.07 && (spareOfUniform(word1) + 1) * 2 ** -12 <= table.surely) {
      const k = Math.floor(((2 * table.a) / us + table.b) * u + table.c)
      draws[i] = table.mirrored ? total - k : k
    } else {
      stream.seek(start + i)
      draws[i] = drawBinomial(table, stream)
    }
  }
}
