import { expand, independent, type Distribution } from '@variate/distributions'
import type { Deviation, DeviationMaker } from './deviation.ts'
import { OF_NUMBERS, type NumberFamily } from './ofNumbers.ts'
import { OF_VECTORS, type VectorFamily } from './ofVectors.ts'

/** The names of distributions that are a standard one, moved and stretched, or of which the logarithm is. */
export type LocationScaleName = NumberFamily | VectorFamily

type Wrapping = Distribution & { readonly base: Distribution; readonly axes: number }

/** The names, for errors. */
export function locationScaleNames(): readonly string[] {
  return [...Object.keys(OF_NUMBERS), ...Object.keys(OF_VECTORS)]
}

/**
 * How values of a distribution come of their deviations; undefined if it is no location-scale family.
 *
 * A family is one here if its standard member does not depend on location and scale. So the truncated normal distribution is
 * not, whose bounds stay where they are, nor the triangular one, with its peak, nor von Mises', whose location is on a circle.
 */
export function deviationOf(distribution: Distribution): Deviation | undefined {
  const { name } = distribution
  if (name === 'independent') {
    const { base, axes } = distribution as Wrapping
    return withStandard(deviationOf(base), (standard) => independent(standard, axes))
  }
  if (name === 'expand') {
    const { batchShape } = distribution
    return withStandard(deviationOf((distribution as Wrapping).base), (standard) =>
      expand(standard, batchShape),
    )
  }
  const families: Readonly<Record<string, DeviationMaker>> = { ...OF_NUMBERS, ...OF_VECTORS }
  return Object.hasOwn(families, name) ? families[name]!(distribution) : undefined
}

function withStandard(
  base: Deviation | undefined,
  of: (standard: Distribution) => Distribution,
): Deviation | undefined {
  return base && { ...base, standard: () => of(base.standard()) }
}
