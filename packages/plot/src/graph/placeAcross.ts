import type { PlateBox } from './plateBoxes.ts'
import { groupsWithin, type Group, type Region } from './plateTree.ts'

/** From left to right, or from top to bottom, in pixels. */
export type Span = readonly [from: number, to: number]

/** Left and right of a box, and the corner for its name: in a region that it shares with as few others as can be. */
export interface Sides {
  readonly span: Span
  readonly nameAt: 'left' | 'right'
  /** The width of that region. */
  readonly room: number
  readonly region: Region
}

/** Pixels from the side of a plate to what is in it, or to the side of another. */
export const SIDE = 16
/** The sides of plates around what they hold. */
export function placeAcross(
  tree: Region,
  x: ReadonlyMap<string, number>,
  widths: ReadonlyMap<string, number>,
): ReadonlyMap<PlateBox, Sides> {
  const spanOf = ({ nodes, groups }: Region): Span =>
    hull([
      ...nodes.map((name): Span => [
        x.get(name)! - widths.get(name)! / 2,
        x.get(name)! + widths.get(name)! / 2,
      ]),
      ...groups.flatMap((group) => group.boxes.map((box) => boxSpan(group, box))),
    ])
  const boxSpan = (group: Group, box: PlateBox): Span => sidesOf(group, box).span
  const sidesOf = ({ boxes, regions }: Group, box: PlateBox): Sides => {
    const order = regions.toSorted((a, b) => middle(spanOf(a)) - middle(spanOf(b)))
    const own = order.filter((region) => region.boxes.includes(box))
    const [left, right] = hull(own.map(spanOf))
    const { before, after } = sidesWithin({ boxes, regions: order }, box)
    const span: Span = [left - SIDE * (1 + before), right + SIDE * (1 + after)]
    const [first, last] = [own[0]!, own.at(-1)!]
    const nameAt = first.boxes.length < last.boxes.length ? 'left' : 'right'
    const region = nameAt === 'left' ? first : last
    const room = nameAt === 'left' ? spanOf(region)[1] - span[0] : span[1] - spanOf(region)[0]
    return { span, nameAt, room, region }
  }
  const groups = groupsWithin(tree)
  return new Map(groups.flatMap((group) => group.boxes.map((box) => [box, sidesOf(group, box)] as const)))
}

/** How many boxes begin with the same region and end earlier, and how many end with the same region and begin later. */
function sidesWithin({ boxes, regions }: Group, box: PlateBox): { before: number; after: number } {
  const first = (of: PlateBox): number => regions.findIndex((region) => region.boxes.includes(of))
  const last = (of: PlateBox): number => regions.findLastIndex((region) => region.boxes.includes(of))
  return {
    before: boxes.filter((other) => first(other) === first(box) && last(other) < last(box)).length,
    after: boxes.filter((other) => last(other) === last(box) && first(other) > first(box)).length,
  }
}

function middle([from, to]: Span): number {
  return (from + to) / 2
}

function hull(spans: readonly Span[]): Span {
  return [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))]
}
