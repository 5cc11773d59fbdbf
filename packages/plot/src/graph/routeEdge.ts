import type { DirectedEdge } from './directedGraph.ts'
import { isWithin } from './nodeShape.ts'
import { LOOP, type PlacedGraph, type PlacedNode } from './placeGraph.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A Bézier curve of the second or third degree, from border to border. */
export interface Route {
  readonly edge: DirectedEdge
  readonly points: readonly Point[]
}

/** How far the middle of a curve's control is from the straight line, in pixels: the first that meets nothing is taken. */
const BENDS = [0, 1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 8, -8, 11, -11].map((n) => 22 * n)
const STEPS = 48
/** What a curve keeps away from nodes that it passes, in pixels. */
const DISTANCE = 5

/** Straight where nothing is in the way, bent where something is; a loop if it is of a node itself. */
export function routeEdge(edge: DirectedEdge, placed: PlacedGraph, edges: readonly DirectedEdge[]): Route {
  const find = (name: string): PlacedNode => placed.nodes.find(({ node }) => node.name === name)!
  const [from, to] = [find(edge.from), find(edge.to)]
  if (from === to) return { edge, points: loop(from) }
  const others = placed.nodes.filter((node) => node !== from && node !== to)
  const hasTwin = edges.some(
    (other) =>
      other !== edge &&
      ((other.from === edge.from && other.to === edge.to) ||
        (other.from === edge.to && other.to === edge.from)),
  )
  const bends = hasTwin && edge.isFromStepBefore ? BENDS.slice(6) : BENDS
  const candidates = bends.map((bend) => [from, bent(from, to, bend), to])
  const meetings = candidates.map((points) => meets(points, others, placed))
  const best = candidates[meetings.indexOf(Math.min(...meetings))]!
  return { edge, points: fromBorderToBorder(best, from, to) }
}

function bent(from: Point, to: Point, bend: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const [across, down] = [(to.y - from.y) / length, -(to.x - from.x) / length]
  return { x: (from.x + to.x) / 2 + bend * across, y: (from.y + to.y) / 2 + bend * down }
}

function meets(points: readonly Point[], nodes: readonly PlacedNode[], { plates }: PlacedGraph): number {
  let count = 0
  for (let step = 1; step < STEPS; step++) {
    const { x, y } = pointAt(points, step / STEPS)
    for (const { shape, x: cx, y: cy } of nodes) {
      const { aside, above, below } = shape.reach
      const isBeside = Math.abs(x - cx) < aside + DISTANCE
      if (isBeside && y > cy - above - DISTANCE && y < cy + below + DISTANCE) count += 1
    }
    for (const { label } of plates) {
      if (x > label.left && x < label.right && Math.abs(y - label.middle) < 9) count += 0.2
    }
  }
  return count
}

/** A curve that begins and ends at the centres of nodes, without what is within them. */
function fromBorderToBorder(points: readonly Point[], from: PlacedNode, to: PlacedNode): readonly Point[] {
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
  const [p0, p1, p2] = points as readonly [Point, Point, Point]
  // The control of the part from `start` to `end`: the polar form at both.
  const polar = (key: 'x' | 'y'): number =>
    (1 - start) * ((1 - end) * p0[key] + end * p1[key]) + start * ((1 - end) * p1[key] + end * p2[key])
  return [pointAt(points, start), { x: polar('x'), y: polar('y') }, pointAt(points, end)]
}

/** Out of the upper right of a node and into its lower right. */
function loop({ shape, x, y }: PlacedNode): readonly Point[] {
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
