import { NdArray, ShapeError, type NumericArray } from '@variate/core'
import { categoryColor } from './theme.ts'

/** What each of n points belongs to: numbers (an index, a digit) or names. */
export type Labels = readonly (number | string)[] | NumericArray | NdArray<NumericArray>

/** The colour of each point, and where to write the names of groups that have names. */
export interface GroupedPoints {
  readonly colors: readonly string[]
  readonly names: readonly {
    readonly name: string
    readonly at: readonly [number, number]
    readonly color: string
  }[]
}

/**
 * Colours by group: numbers in ascending order, so that a group keeps its colour whichever point comes
 * first, names in order of appearance. A name stands at the middle of its group, coordinate by coordinate.
 *
 * @throws ShapeError if there is not one label a point.
 */
export function groupPoints(points: readonly (readonly [number, number])[], labels: Labels): GroupedPoints {
  const values: (number | string)[] = Array.from(labels instanceof NdArray ? labels.data : labels)
  if (values.length !== points.length) {
    throw new ShapeError(
      `densityContours: groups must be one label a point, ${points.length}, got ${values.length}`,
    )
  }
  const groups = [...new Set(values)]
  if (groups.every((group) => typeof group === 'number')) groups.sort((a, b) => a - b)
  const colors = new Map(groups.map((group, index) => [group, categoryColor(index)]))
  const names = groups
    .filter((group) => typeof group === 'string')
    .map((name) => {
      const members = points.filter((_, i) => values[i] === name)
      const at = [median(members.map(([x]) => x)), median(members.map(([, y]) => y))] as const
      return { name, at, color: colors.get(name)! }
    })
  return { colors: values.map((value) => colors.get(value)!), names }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
