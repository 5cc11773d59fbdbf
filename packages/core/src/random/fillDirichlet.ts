import { fillLogGamma } from './fillGamma.ts'
import type { Draws, Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/**
 * Draws from Dirichlet distributions, a row for each draw: gamma draws over their sum, by their logarithms.
 *
 * @param concentration > 0 and finite: one row, or one for each row of `out`.
 * @param categories the length of a row.
 */
export function fillDirichlet(key: Key, concentration: Parameter, categories: number, out: Draws): void {
  const logs = new Float64Array(out.length)
  fillLogGamma(key, concentration, logs)
  for (let start = 0; start < out.length; start += categories) {
    let greatest = -Infinity
    for (let i = start; i < start + categories; i++) greatest = Math.max(greatest, logs[i]!)
    let sum = 0
    for (let i = start; i < start + categories; i++) sum += logs[i] = Math.exp(logs[i]! - greatest)
    for (let i = start; i < start + categories; i++) out[i] = logs[i]! / sum
  }
}
