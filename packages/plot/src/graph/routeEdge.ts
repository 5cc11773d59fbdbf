import type { DirectedEdge } from './directedGraph.ts'
import { bent, fromBorderToBorder, loop, pointAt, type Point } from './curve.ts'
import { isWithin } from './nodeShape.ts'
import { LOOP, type PlacedGraph, type PlacedNode } from './placeGraph.ts'

/** A Bézier curve of the second or third degree, from border to border. */
export interface Route {
  readonly edge: DirectedEdge
  readonly points: readonly Point[]
}

/** How far the middle of a curve's control is from the straight line, in pixels: the least bent of those that meet least is taken. */
const BENDS = [0, 1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 8, -8, 11, -11].map((n) => 22 * n)
const STEPS = 48
/** What a curve keeps away from nodes that it passes, in pixels. */
const DISTANCE = 6
/** Of the name of a plate, in pixels. */
const HALF_LINE = 9
/** Costs: of each step within a node, within the name of a plate, of crossing another edge, and of a pixel of bend. */
const [OF_NODES, OF_NAMES, OF_CROSSINGS, OF_BENDS] = [10, 1, 1.5, 0.01]

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
  const lines = edges
    .filter((other) => ![other.from, other.to].some((name) => name === edge.from || name === edge.to))
    .map((other) => [find(other.from), find(other.to)] as const)
  let best = { cost: Infinity, points: bent(from, to, 0) }
  for (const bend of hasTwin && edge.isFromStepBefore ? BENDS.slice(6) : BENDS) {
    const ofBend = OF_BENDS * Math.abs(bend)
    if (best.cost <= ofBend) break
    const points = bent(from, to, bend)
    const path = Array.from({ length: STEPS + 1 }, (_, step) => pointAt(points, step / STEPS))
    const cost = meets(path.slice(1, -1), others, placed) + OF_CROSSINGS * crossings(path, lines) + ofBend
    if (cost < best.cost) best = { cost, points }
  }
  return { edge, points: fromBorderToBorder(best.points, from, to) }
}

/** What a curve costs for what it passes over. */
function meets(path: readonly Point[], nodes: readonly PlacedNode[], { plates }: PlacedGraph): number {
  let cost = 0
  for (const point of path) {
    for (const node of nodes) if (touches(node, point)) cost += OF_NODES
    for (const { label } of plates) {
      const isBeside = point.x > label.left && point.x < label.right
      if (isBeside && Math.abs(point.y - label.middle) < HALF_LINE) cost += OF_NAMES
    }
  }
  return cost
}

/** Whether a point is within a node or its name, or very near. */
function touches({ shape, hasLoop, x: cx, y: cy }: PlacedNode, { x, y }: Point): boolean {
  const { width, height, radius, reach } = shape
  const around = {
    ...shape,
    width: width + 2 * DISTANCE,
    height: height + 2 * DISTANCE,
    radius: radius + DISTANCE,
  }
  if (isWithin(around, x - cx, y - cy)) return true
  if (hasLoop && x > cx && x < cx + width / 2 + LOOP && Math.abs(y - cy) < height / 2) return true
  return (
    shape.nameAt !== 0 && Math.abs(x - cx) < reach.aside + 2 && y > cy - reach.above && y < cy + reach.below
  )
}

/** How often a curve crosses straight lines. */
function crossings(path: readonly Point[], lines: readonly (readonly [Point, Point])[]): number {
  const isLeft = (p: Point, a: Point, b: Point): boolean =>
    (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0
  let count = 0
  for (const [a, b] of lines) {
    for (const [step, to] of path.entries()) {
      const from = path[step - 1]
      if (from && isLeft(from, a, b) !== isLeft(to, a, b) && isLeft(a, from, to) !== isLeft(b, from, to))
        count++
    }
  }
  return count
}
