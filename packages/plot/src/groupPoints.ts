import { DomainError, NdArray, ShapeError, type NumericArray } from '@variate/core'
import { categoryColor, categoryTextColor } from './categoryColor.ts'

/** What each of n points belongs to: whole numbers (a component, a digit) or names. */
export type Labels = readonly (number | string)[] | NumericArray | NdArray<NumericArray>

/** The colour of each point, and where to write the names of groups. */
export interface GroupedPoints {
  readonly colors: readonly string[]
  readonly names: readonly {
    readonly name: string
    readonly at: readonly [number, number]
    readonly textColor: string
  }[]
}

export interface GroupingOptions {
  /** Names the labels in errors: `'densityContours: groups'`. */
  readonly who: string
  /** Whether numbers are written, too. */
  readonly nameNumbers: boolean
}

/**
 * Colours by group: a number has the colour of that number, so that a component keeps it where another has
 * no points; names get theirs in order of appearance. A name stands at the middle of its group, coordinate
 * by coordinate.
 *
 * @throws ShapeError if there is not one label a point; DomainError for numbers that are not whole.
 */
export function groupPoints(
  points: readonly (readonly [number, number])[],
  labels: Labels,
  { who, nameNumbers }: GroupingOptions,
): GroupedPoints {
  const values: (number | string)[] = Array.from(labels instanceof NdArray ? labels.data : labels)
  if (values.length !== points.length) {
    throw new ShapeError(`${who} must be one label a point, ${points.length}, got ${values.length}`)
  }
  const areNumbers = values.every((value) => typeof value === 'number')
  if (areNumbers) checkWhole(values, who)
  const groups = new Map(
    [...new Set(values)].map((group, index) => [group, areNumbers ? (group as number) : index]),
  )
  const names = [...groups.keys()]
    .filter((group) => typeof group === 'string' || (areNumbers && nameNumbers))
    .map((group) => {
      const members = points.filter((_, i) => values[i] === group)
      const at = [median(members.map(([x]) => x)), median(members.map(([, y]) => y))] as const
      return { name: String(group), at, textColor: categoryTextColor(groups.get(group)!) }
    })
  return { colors: values.map((value) => categoryColor(groups.get(value)!)), names }
}

function checkWhole(values: readonly number[], who: string): void {
  const bad = values.findIndex((value) => !Number.isInteger(value))
  if (bad >= 0) throw new DomainError(`${who} must be whole numbers or names, got ${values[bad]} at [${bad}]`)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
