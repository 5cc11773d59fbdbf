import { isWithin } from './nodeShape.ts'
import { LOOP, type PlacedNode } from './placeGraph.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A power of 2, so that steps of it end at 1. */
const STEP = 1 / 64
const HALVINGS = 16

/** The control points of a curve of the second degree that passes a straight line's middle at half of a distance. */
export function bent(from: Point, to: Point, bend: number): readonly [Point, Point, Point] {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const [across, down] = [(to.y - from.y) / length, -(to.x - from.x) / length]
  return [from, { x: (from.x + to.x) / 2 + bend * across, y: (from.y + to.y) / 2 + bend * down }, to]
}

/** A curve that begins and ends at the centres of nodes, without what is within them. */
export function fromBorderToBorder(
  points: readonly [Point, Point, Point],
  from: PlacedNode,
  to: PlacedNode,
): readonly Point[] {
  const [start, end] = [borderAt(points, from, 0), borderAt(points, to, 1)]
  const [p0, p1, p2] = points
  // The control of the part from `start` to `end`: the polar form at both.
  const polar = (key: 'x' | 'y'): number =>
    (1 - start) * ((1 - end) * p0[key] + end * p1[key]) + start * ((1 - end) * p1[key] + end * p2[key])
  return [pointAt(points, start), { x: polar('x'), y: polar('y') }, pointAt(points, end)]
}

/** Where on a curve, from 0 to 1, the border of a node is nearest to the end of the curve at its centre. */
function borderAt(points: readonly Point[], node: PlacedNode, centre: 0 | 1): number {
  const isInside = (t: number): boolean => {
    const { x, y } = pointAt(points, t)
    return isWithin(node.shape, x - node.x, y - node.y)
  }
  let inside: number = centre
  let outside: number = centre
  while (isInside(outside) && Math.abs(outside - centre) < 1) {
    inside = outside
    outside += centre === 0 ? STEP : -STEP
  }
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (inside + outside) / 2
    if (isInside(middle)) inside = middle
    else outside = middle
  }
  return outside
}

/** Out of the upper right of a node and into its lower right. */
export function loop({ shape, x, y }: PlacedNode): readonly Point[] {
  const { width, height, radius } = shape
  const [side, up] = [width / 2 - radius + radius * Math.SQRT1_2, height / 2 - radius + radius * Math.SQRT1_2]
  const out = width / 2 + LOOP - 6
  return [
    { x: x + side, y: y - up },
    { x: x + out, y: y - 1.6 * up },
    { x: x + out, y: y + 1.6 * up },
    { x: x + side, y: y + up },
  ]
}

/** By de Casteljau's algorithm. */
export function pointAt(points: readonly Point[], t: number): Point {
  if (points.length === 1) return points[0]!
  const between = points.slice(1).map((next, i) => ({
    x: (1 - t) * points[i]!.x + t * next.x,
    y: (1 - t) * points[i]!.y + t * next.y,
  }))
  return pointAt(between, t)
}

/** Where a curve is named: at its middle, on the side to which it bends. */
export function besides(points: readonly Point[]): Point {
  const middle = pointAt(points, 0.5)
  const [start, end] = [points[0]!, points.at(-1)!]
  const [dx, dy] = [middle.x - (start.x + end.x) / 2, middle.y - (start.y + end.y) / 2]
  const bend = Math.hypot(dx, dy)
  return bend < 1 ? middle : { x: middle.x + (16 * dx) / bend, y: middle.y + (11 * dy) / bend }
}
