import { UnsupportedError } from '@variate/core'
import type { Design } from './design.ts'
import { isImpossible, logAt, toleranceAt, type Statistics, type Taken } from './fitFamily.ts'
import type { BlockFit } from './fitRows.ts'

/**
 * The logarithm of the integral of exp(c + Σ (η·T + log h)) over all blocks, in each row: c + Σ A(η).
 *
 * @param statistics those of each block.
 * @throws UnsupportedError unless the function is that sum in all points of the design.
 */
export function integralsOver(
  design: Design,
  taken: Taken,
  blocks: readonly BlockFit[],
  statistics: readonly Statistics[],
  who: string,
): Float64Array {
  const normalizers = blocks.map(({ programs, natural }) => programs.logNormalizer(natural))
  return Float64Array.from({ length: taken.rows }, (_, row) => {
    if (isImpossible(taken, design, row)) return -Infinity
    const sumAt = (point: number): number => {
      let sum = 0
      for (const [k, { programs, natural }] of blocks.entries()) {
        const { count } = programs
        const at = row * design.count + point
        sum += statistics[k]!.base[at]!
        for (let i = 0; i < count; i++)
          sum += natural[row * count + i]! * statistics[k]!.statistics[at * count + i]!
      }
      return sum
    }
    const constant = logAt(taken, row, 0) - sumAt(0)
    for (let point = 1; point < design.count; point++) {
      const expected = constant + sumAt(point)
      if (!(Math.abs(expected - logAt(taken, row, point)) <= toleranceAt(taken, row, point)))
        throw dependent(who, blocks)
    }
    return normalizers.reduce((sum, all) => sum + all[row]!, constant)
  })
}

function dependent(who: string, blocks: readonly BlockFit[]): UnsupportedError {
  const names = [...new Set(blocks.map(({ block }) => `"${block.site.site.name}"`))].join(' and ')
  return new UnsupportedError(
    blocks.length > 1
      ? `${who}: given the discrete latents, the log joint is no sum of functions of each of ${names}, so that they cannot be ` +
          'integrated exactly: condition on all but one, or use an approximation'
      : `${who}: the log joint is conjugate in ${names} in a part of its support only, so that it cannot be integrated exactly: ` +
          'condition on it, or use an approximation',
  )
}
