import type { NdArray } from '@variate/core'
import { placeOf, type Program } from '@variate/language/internal'
import { FEWEST_WEIGHTS } from './paretoShape.ts'

/** Above this shape of the tail means of weights cannot be relied upon. */
const HEAVY = 0.7
/** Means of fewer draws' worth have standard errors that are guesses themselves. */
const LEAST_WORTH = 10

/** What particles come from. */
export type Origin = 'prior' | 'guide' | 'annealing'

export interface TailOptions {
  readonly kHat: number
  /** That of the weights, where their mean is what is estimated. */
  readonly effectiveSampleSize?: number
  readonly origin: Origin
}

/** What brings draws nearer to the posterior: a proposal may be too wide as well as too narrow. */
const REMEDIES: Readonly<Record<Origin, string>> = {
  prior: 'a proposal nearer the posterior is needed, or many more particles',
  guide: 'another guide, nearer the posterior, is needed, or many more particles',
  annealing: 'more temperatures are needed',
}

/**
 * A sentence where a few particles have most of the weight, for most are drawn far from the posterior, and where there are too
 * few to tell. It names the latent that the weights depend on most.
 *
 * @param values the latents, with the particles along the first axis.
 * @see Vehtari et al., Pareto Smoothed Importance Sampling (JMLR 2024), for the threshold.
 */
export function tailWarning(
  program: Program,
  values: Readonly<Record<string, NdArray>>,
  logWeights: Float64Array,
  { kHat, effectiveSampleSize = Infinity, origin }: TailOptions,
): string | undefined {
  const count = logWeights.length
  if (kHat <= HEAVY && effectiveSampleSize >= LEAST_WORTH) return undefined
  const [first] = program.declarations
    .filter(({ name }) => values[name])
    .map((site) => ({ site, share: shareOf(values[site.name]!, logWeights) }))
    .toSorted((a, b) => b.share - a.share)
  const where = first ? `${placeOf(first.site)}: ` : ''
  if (count < FEWEST_WEIGHTS) {
    return (
      `${where}${count} particles are too few to tell whether they are near the posterior, and their standard error is not to be ` +
      `relied upon: pass ${FEWEST_WEIGHTS} or more, better hundreds`
    )
  }
  if (kHat <= HEAVY) {
    return (
      `${where}the ${count} particles are worth ${effectiveSampleSize.toFixed(1)} draws of the posterior, too few for their standard error ` +
      `to be relied upon: ${REMEDIES[origin]}`
    )
  }
  return (
    `${where}most particles are far from the posterior: the weights' tail has the Pareto shape ${kHat.toFixed(2)}, above ${HEAVY}, and what ` +
    `depends on it can be off by more than its standard error; ${REMEDIES[origin]}`
  )
}

/** The squared correlations of finite log weights with a latent's numbers, and with their squared deviations, all together. */
function shareOf({ data }: NdArray, logWeights: Float64Array): number {
  const rows = [...logWeights.keys()].filter((row) => Number.isFinite(logWeights[row]!))
  const weights = Float64Array.from(rows, (row) => logWeights[row]!)
  const size = data.length / logWeights.length
  let share = 0
  for (let i = 0; i < size; i++) {
    const values = Float64Array.from(rows, (row) => data[row * size + i]!)
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    share += squaredCorrelation(values, weights)
    share += squaredCorrelation(
      values.map((x) => (x - mean) ** 2),
      weights,
    )
  }
  return share
}

function squaredCorrelation(x: Float64Array, y: Float64Array): number {
  const [meanX, meanY] = [x, y].map((of) => of.reduce((a, b) => a + b, 0) / of.length) as [number, number]
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - meanX, y[i]! - meanY]
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  return xx > 0 && yy > 0 ? xy ** 2 / (xx * yy) : 0
}
