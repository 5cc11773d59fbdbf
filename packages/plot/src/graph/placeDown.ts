import type { NodeShape } from './nodeShape.ts'
import type { Span } from './placeAcross.ts'
import type { PlateBox } from './plateBoxes.ts'
import { groupsWithin, type Group, type Region } from './plateTree.ts'

export interface Down {
  /** The centres of the nodes. */
  readonly y: ReadonlyMap<string, number>
  readonly boxes: ReadonlyMap<PlateBox, Span>
}

/** Pixels from a plate's upper side to what is in it. */
const TOP = 14
/** Pixels from what is in a plate to its lower side, with its name between. */
export const BOTTOM = 26
/** Pixels that an arrow has at least, from row to row. */
const ARROW = 36

/** The rows that a box goes through, and how many upper and lower sides are within its first and last, its own counted. */
interface Extent {
  readonly first: number
  readonly last: number
  readonly above: number
  readonly below: number
}

/** The rows from top to bottom, as near to each other as the plates between them allow, and the plates' upper and lower sides. */
export function placeDown(
  tree: Region,
  row: ReadonlyMap<string, number>,
  shapes: ReadonlyMap<string, NodeShape>,
): Down {
  const extents = extentsOf(tree, row)
  const rows = Array.from({ length: Math.max(...row.values()) + 1 }, (_, i) => {
    const reaches = [...row].filter(([, at]) => at === i).map(([name]) => shapes.get(name)!.reach)
    const within = (at: 'first' | 'last', sides: 'above' | 'below'): number =>
      Math.max(
        0,
        ...[...extents.values()].filter((extent) => extent[at] === i).map((extent) => extent[sides]),
      )
    return {
      above: Math.max(...reaches.map(({ above }) => above)),
      below: Math.max(...reaches.map(({ below }) => below)),
      tops: within('first', 'above') * TOP,
      bottoms: within('last', 'below') * BOTTOM,
    }
  })
  const centres: number[] = []
  let end = 0
  for (const { above, below, tops, bottoms } of rows) {
    centres.push(end + (centres.length > 0 ? ARROW : 0) + tops + above)
    end = centres.at(-1)! + below + bottoms
  }
  const boxes = [...extents].map(([box, { first, last, above, below }]): [PlateBox, Span] => [
    box,
    [centres[first]! - rows[first]!.above - above * TOP, centres[last]! + rows[last]!.below + below * BOTTOM],
  ])
  return { y: new Map([...row].map(([name, at]) => [name, centres[at]!])), boxes: new Map(boxes) }
}

function extentsOf(tree: Region, row: ReadonlyMap<string, number>): ReadonlyMap<PlateBox, Extent> {
  const extents = new Map<PlateBox, Extent>()
  const inside = (group: Group, box: PlateBox): readonly PlateBox[] =>
    group.regions
      .filter(({ boxes }) => boxes.includes(box))
      .flatMap((region) => region.groups.flatMap(({ boxes }) => boxes))
  for (const group of groupsWithin(tree)) {
    for (const [i, box] of group.boxes.entries()) {
      const rows = [...box.members].map((name) => row.get(name)!)
      const [first, last] = [Math.min(...rows), Math.max(...rows)]
      // Of boxes that cross, no two sides are in one line.
      const others = [...inside(group, box), ...group.boxes.slice(0, i)].map((other) => extents.get(other)!)
      const above = others.filter((other) => other.first === first).map((other) => other.above)
      const below = others.filter((other) => other.last === last).map((other) => other.below)
      extents.set(box, { first, last, above: 1 + Math.max(0, ...above), below: 1 + Math.max(0, ...below) })
    }
  }
  return extents
}
