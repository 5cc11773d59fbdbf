import type { Arrangement } from './arrange.ts'
import { SIDE } from './placeAcross.ts'
import type { PlateBox } from './plateBoxes.ts'
import { groupsWithin, namesIn, type Group, type Region } from './plateTree.ts'

/** Two nodes, by name, whose centres are at least so many pixels apart. */
export interface Gap {
  readonly left: string
  readonly right: string
  readonly least: number
}

/** Pixels between nodes, or between a node and a plate that it is not in. */
const BETWEEN = 18

/**
 * Which nodes must stay to the left of which, so that none overlap, plates hold their members and no others, and share nothing
 * but their members: the sides are those of an arrangement, but the regions of plates that cross follow their order.
 */
export function gapsOf(
  tree: Region,
  { x, row }: Arrangement,
  widths: ReadonlyMap<string, number>,
): readonly Gap[] {
  const groups = groupsWithin(tree)
  const boxes = groups.flatMap((group) => group.boxes.map((box) => ({ box, rows: rowsOf(box, row) })))
  const places = groups.filter(({ regions }) => regions.length > 1).map((group) => placesIn(group, x))
  const names = [...x.keys()].toSorted((a, b) => x.get(a)! - x.get(b)!)
  return names.flatMap((first, i) =>
    names.slice(i + 1).flatMap((second) => {
      const place = places.find(
        (own) => own.has(first) && own.has(second) && own.get(first) !== own.get(second),
      )
      const isTurned = place !== undefined && place.get(first)! > place.get(second)!
      const [left, right] = isTurned ? [second, first] : [first, second]
      const around = (name: string, other: string): typeof boxes =>
        boxes.filter(({ box: { members } }) => members.has(name) && !members.has(other))
      const [aroundLeft, aroundRight] = [around(left, right), around(right, left)]
      const passes = (own: typeof boxes, name: string): boolean =>
        own.some(({ rows: [from, to] }) => row.get(name)! >= from && row.get(name)! <= to)
      const isNear =
        place !== undefined ||
        row.get(left) === row.get(right) ||
        passes(aroundLeft, right) ||
        passes(aroundRight, left) ||
        aroundLeft.some((one) => aroundRight.some((other) => areBeside(one, other)))
      const sides = SIDE * (aroundLeft.length + aroundRight.length)
      const least = (widths.get(left)! + widths.get(right)!) / 2 + sides + BETWEEN
      return isNear ? [{ left, right, least }] : []
    }),
  )
}

type Rows = readonly [first: number, last: number]

function rowsOf({ members }: PlateBox, row: ReadonlyMap<string, number>): Rows {
  const rows = [...members].map((name) => row.get(name)!)
  return [Math.min(...rows), Math.max(...rows)]
}

/** Whether two boxes that share nothing go through a common row. */
function areBeside(one: { box: PlateBox; rows: Rows }, other: { box: PlateBox; rows: Rows }): boolean {
  const isApart = ![...one.box.members].some((name) => other.box.members.has(name))
  return isApart && one.rows[0] <= other.rows[1] && other.rows[0] <= one.rows[1]
}

/** At which place, from left to right, the region is that holds a node: turned round where that is nearer to where they are. */
function placesIn({ regions }: Group, x: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const middle = (region: Region): number => {
    const own = namesIn(region).map((name) => x.get(name)!)
    return own.reduce((sum, at) => sum + at, 0) / own.length
  }
  const isTurned = middle(regions[0]!) > middle(regions.at(-1)!)
  const order = isTurned ? regions.toReversed() : regions
  return new Map(order.flatMap((region, place) => namesIn(region).map((name) => [name, place] as const)))
}
