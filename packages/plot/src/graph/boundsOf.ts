import { besides, pointAt, type Point } from './curve.ts'
import type { PlacedGraph } from './placeGraph.ts'
import type { Route } from './routeEdge.ts'

interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The rectangle of all that is drawn. */
export function boundsOf({ nodes, plates }: PlacedGraph, routes: readonly Route[]): Bounds {
  const parts: readonly Bounds[] = [
    ...plates,
    ...nodes.map(({ shape: { reach }, x, y }) => ({
      left: x - reach.aside,
      right: x + reach.aside,
      top: y - reach.above,
      bottom: y + reach.below,
    })),
    ...routes.flatMap(({ edge, points }) => [
      ...Array.from({ length: 17 }, (_, i) => around(pointAt(points, i / 16), 2, 2)),
      ...(edge.isFromStepBefore ? [around(besides(points), 16, 8)] : []),
    ]),
  ]
  return {
    left: Math.min(...parts.map(({ left }) => left)),
    top: Math.min(...parts.map(({ top }) => top)),
    right: Math.max(...parts.map(({ right }) => right)),
    bottom: Math.max(...parts.map(({ bottom }) => bottom)),
  }
}

function around({ x, y }: Point, aside: number, above: number): Bounds {
  return { left: x - aside, right: x + aside, top: y - above, bottom: y + above }
}
