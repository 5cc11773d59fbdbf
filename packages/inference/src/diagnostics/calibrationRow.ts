import { formatTable, special } from '@variate/core'
import { elementText } from './elementText.ts'
import { numberText } from './numberText.ts'
import { symmetryTest } from './symmetryTest.ts'

/** How a posterior is off. */
export type Miscalibration = 'too low' | 'too high' | 'asymmetric' | 'too narrow' | 'too wide'

/** What was found out of one number of a latent. */
export interface CalibrationRow<Names extends string = string> {
  readonly site: Names
  readonly element: readonly number[]
  /** For each simulation the probability under the fitted posterior that the latent is below its true value. */
  readonly probabilities: Float64Array
  readonly mean: number
  /** The Kolmogorov–Smirnov distance of p and 1 − p, and its exact p-value. */
  readonly asymmetry: number
  readonly asymmetryPValue: number
  /** The z-score of the mean of (p − 1/2)²: above 0 where posteriors are too narrow, below where they are too wide. */
  readonly spread: number
  /** What is not as it would be by chance. Whether posteriors that lie too low or too high are also too narrow is not told. */
  readonly found: readonly Miscalibration[]
}

/** One number of a latent, and what was noted of it in each simulation. */
export interface Place {
  readonly site: string
  readonly element: readonly number[]
  readonly noted: number[]
}

/** The mean and the variance of (p − 1/2)² for a p that is uniform. */
const [UNIFORM_SPREAD, ITS_VARIANCE] = [1 / 12, 1 / 180]

/** A mean of p this near to 1/2 does not tell to which side posteriors lie. */
const CENTERED = 0.02

/**
 * What the probabilities of one number tell.
 *
 * @param level how probable each of the two findings may be by chance.
 */
export function rowOf({ site, element, noted }: Place, level: number): CalibrationRow {
  const probabilities = Float64Array.from(noted)
  const n = probabilities.length
  const mean = probabilities.reduce((a, b) => a + b, 0) / n
  const { statistic, pValue } = symmetryTest(probabilities)
  const squares = probabilities.reduce((sum, p) => sum + (p - 0.5) ** 2, 0) / n
  const spread = (squares - UNIFORM_SPREAD) / Math.sqrt(ITS_VARIANCE / n)
  const found: Miscalibration[] = []
  if (pValue < level)
    found.push(Math.abs(mean - 0.5) < CENTERED ? 'asymmetric' : mean > 0.5 ? 'too low' : 'too high')
  // Posteriors that lie elsewhere have the truth in their tails as well, whatever their width.
  if (twoSided(spread) < level && !(spread > 0 && found.length > 0))
    found.push(spread > 0 ? 'too narrow' : 'too wide')
  return {
    site,
    element,
    probabilities,
    mean,
    asymmetry: statistic,
    asymmetryPValue: pValue,
    spread,
    found,
  }
}

/** The probability that a standard normal number is at least as far from 0. */
function twoSided(z: number): number {
  return special.erfc(Math.abs(z) * Math.SQRT1_2)
}

/** What is said of what was found. */
const WORDS: Readonly<Record<Miscalibration, string>> = {
  'too low': 'the posterior lies too low: the true values are above it more often than below',
  'too high': 'the posterior lies too high: the true values are below it more often than above',
  asymmetric:
    'the posterior is not of the right shape: the true values are on one side of it in the middle, on the other in its tails',
  'too narrow': 'the posterior is too narrow: the true values are in its tails too often',
  'too wide': 'the posterior is too wide: the true values are in its middle too often',
}

export function warningOf({ site, element, found }: CalibrationRow): readonly string[] {
  return found.map((what) => `${elementText(site, element)}: ${WORDS[what]}`)
}

export function tableOf(rows: readonly CalibrationRow[], warnings: readonly string[]): string {
  const table = formatTable(
    ['site', 'mean of p', 'asymmetry', 'its p-value', 'spread (z)', 'found'],
    rows.map(({ site, element, mean, asymmetry, asymmetryPValue, spread, found }) => [
      elementText(site, element),
      ...[mean, asymmetry, asymmetryPValue].map((x) => numberText(x, 3)),
      numberText(spread, 1),
      found.join(', '),
    ]),
    [0, 5],
  )
  return [table, ...warnings].join('\n')
}
