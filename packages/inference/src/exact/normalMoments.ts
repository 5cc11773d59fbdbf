import { UnsupportedError } from '@variate/core'
import { functionMoments, powerMoments, type ScalarBlock } from './conditionalMoments.ts'
import type { Design } from './design.ts'
import type { FittedRows } from './fitRows.ts'
import { inverseDiagonal } from './triangles.ts'

/** Means and variances of the normal latents of a component in each row, [rows, numbers]. */
export interface NormalMoments {
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/**
 * The moments of normal latents by those of their conditional means and variances, which are functions of the blocks (the laws of
 * total expectation and variance).
 *
 * @param numbers how many normal latents there are.
 * @throws UnsupportedError where these are no functions whose expectations are known.
 */
export function normalMoments(
  design: Design,
  { taken, parts, blocks, logIntegrals }: FittedRows,
  numbers: number,
  who: string,
): NormalMoments {
  const mean = new Float64Array(taken.rows * numbers)
  const variance = new Float64Array(taken.rows * numbers)
  if (numbers === 0) return { mean, variance }
  const scalars = blocks.flatMap(({ block, programs, natural, points }, k) => {
    if (block.size > 1) return []
    const middles = Float64Array.from({ length: taken.rows }, (_, row) => points[row * design.count]!)
    return [{ k, points, moments: powerMoments(programs, natural, middles) }]
  })
  for (let row = 0; row < taken.rows; row++) {
    if (logIntegrals[row] === -Infinity) continue
    const from = row * design.count
    const given = scalars.map(({ k, points, moments }): ScalarBlock => ({
      block: k,
      ratios: Float64Array.from({ length: design.count }, (_, i) => points[from + i]! / points[from]!),
      moments: moments.subarray(row * 9, row * 9 + 9),
    }))
    const own = parts[row]!
    const variances = own.map(({ factor }) => inverseDiagonal(factor, numbers))
    for (let number = 0; number < numbers; number++) {
      const means = own.map((part) => part.mean[number]!)
      const spread = Math.sqrt(variances[0]![number]!)
      const ofMean = functionMoments(means, design, given, spread)
      const ofVariance = functionMoments(
        variances.map((all) => all[number]!),
        design,
        given,
        0,
      )
      if (!ofMean || !ofVariance) throw unknown(who, blocks)
      mean[row * numbers + number] = ofMean.mean
      variance[row * numbers + number] = ofVariance.mean + ofMean.variance
    }
  }
  return { mean, variance }
}

function unknown(who: string, blocks: FittedRows['blocks']): UnsupportedError {
  const names = [...new Set(blocks.map(({ block }) => `"${block.site.site.name}"`))].join(' and ')
  return new UnsupportedError(
    `${who}: the means and variances of normal latents depend on ${names} otherwise than as sums of powers, so that they cannot ` +
      'be integrated exactly: condition on them, or use an approximation',
  )
}
