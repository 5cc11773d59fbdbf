import { isWithin } from './nodeShape.ts'
import { LOOP, type PlacedNode } from './placeGraph.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

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
  const border = (node: PlacedNode, inside: number, outside: number): number => {
    let [a, b] = [inside, outside]
    for (let i = 0; i < 24; i++) {
      const t = (a + b) / 2
      const { x, y } = pointAt(points, t)
      if (isWithin(node.shape, x - node.x, y - node.y)) a = t
      else b = t
    }
    return b
  }
  const [start, end] = [border(from, 0, 0.5), border(to, 1, 0.5)]
  const [p0, p1, p2] = points
  // The control of the part from `start` to `end`: the polar form at both.
  const polar = (key: 'x' | 'y'): number =>
    (1 - start) * ((1 - end) * p0[key] + end * p1[key]) + start * ((1 - end) * p1[key] + end * p2[key])
  return [pointAt(points, start), { x: polar('x'), y: polar('y') }, pointAt(points, end)]
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
