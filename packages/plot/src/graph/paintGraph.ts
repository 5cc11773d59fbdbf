import type * as Plot from '@observablehq/plot'
import { BACKGROUND, FONT_SIZE, INK, MUTED, OBSERVED, SHADE } from '../theme.ts'
import { besides, pointAt, type Point } from './curve.ts'
import type { PlacedGraph, PlacedNode, PlacedPlate } from './placeGraph.ts'
import type { Route } from './routeEdge.ts'

const SVG = 'http://www.w3.org/2000/svg'
/** Pixels. */
const ARROW = { length: 9, halfWidth: 3.6 } as const
const RADIUS_OF_PLATES = 8
/** Between the two borders of what is computed, in pixels. */
const SECOND_BORDER = 3.5

/** Of text that lines may pass under. */
const HALO = { fill: MUTED, stroke: BACKGROUND, 'stroke-width': 4, 'paint-order': 'stroke' } as const

type Attributes = Readonly<Record<string, string | number>>
type Drawing = readonly [tag: string, attributes: Attributes, inside?: string | readonly Drawing[]]

/** A mark of Plot's: plates below, then edges, then nodes, with the names of plates above all. */
export function paintGraph(
  { nodes, plates }: PlacedGraph,
  routes: readonly Route[],
  origin: Point,
): Plot.RenderFunction {
  const transform = `translate(${pair(origin)})`
  const kinds = new Map(nodes.map(({ node }) => [node.name, node.kind]))
  const hasHead = ({ edge }: Route): boolean => kinds.get(edge.to) !== 'factor'
  const stroke = { stroke: INK, 'stroke-width': 1.3 }
  const groups: readonly Drawing[] = [
    ['g', { 'aria-description': 'plates', fill: 'none', stroke: SHADE }, plates.map(plateOf)],
    [
      'g',
      { 'aria-description': 'edges', fill: 'none', ...stroke },
      routes.map((route) => edgeOf(route, hasHead(route))),
    ],
    ['g', { 'aria-description': 'nodes', ...stroke }, nodes.map(nodeOf)],
    [
      'g',
      { 'aria-description': 'plate names', ...HALO },
      plates.map(({ label }) => textOf(label.text, { x: (label.left + label.right) / 2, y: label.middle })),
    ],
  ]
  return (_index, _scales, _values, _dimensions, { document }) =>
    make(document, ['g', { transform, 'font-size': FONT_SIZE.text }, groups]) as SVGElement
}

function plateOf({ left, top, right, bottom }: PlacedPlate): Drawing {
  const size = { x: left, y: top, width: right - left, height: bottom - top }
  return ['rect', { ...size, rx: RADIUS_OF_PLATES }]
}

/** What is given or fitted is a mark with its name, a factor a black square, what is computed has two borders. */
function nodeOf({ node, shape, x, y }: PlacedNode): Drawing {
  const { name, kind, distribution } = node
  const rect = (inset: number, fill: string): Drawing => {
    const [width, height] = [shape.width - 2 * inset, shape.height - 2 * inset]
    const rx = Math.max(0, shape.radius - inset)
    return ['rect', { x: x - width / 2, y: y - height / 2, width, height, rx, fill }]
  }
  const fills = { observed: OBSERVED, input: OBSERVED, param: INK, factor: INK, network: BACKGROUND }
  const fill = fills[kind as keyof typeof fills] ?? BACKGROUND
  const text = { fill: INK, stroke: 'none' }
  return [
    'g',
    {},
    [
      ['title', {}, `${name}: ${kind}${distribution === undefined ? '' : `, ${distribution}`}`],
      rect(0, fill),
      ...(kind === 'deterministic' ? [rect(SECOND_BORDER, 'none')] : []),
      textOf(name, { x, y: y + shape.nameAt }, text),
    ],
  ]
}

function edgeOf({ edge, points }: Route, hasHead: boolean): Drawing {
  const end = points.at(-1)!
  const before = pointAt(points, 0.97)
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length]
  const base = { x: end.x - ARROW.length * dx, y: end.y - ARROW.length * dy }
  const [sideX, sideY] = [-dy * ARROW.halfWidth, dx * ARROW.halfWidth]
  const corners = [end, { x: base.x + sideX, y: base.y + sideY }, { x: base.x - sideX, y: base.y - sideY }]
  const line = hasHead ? [...points.slice(0, -1), base] : points
  const dash = edge.isFromStepBefore ? { 'stroke-dasharray': '4 3' } : {}
  const parts: readonly Drawing[] = [
    ['title', {}, `${edge.from} → ${edge.to}`],
    [
      'path',
      { d: `M${pair(line[0]!)}${'LQC'[line.length - 2]}${line.slice(1).map(pair).join(' ')}`, ...dash },
    ],
    ...(hasHead
      ? [['path', { d: `M${corners.map(pair).join('L')}Z`, fill: INK, stroke: 'none' }] as const]
      : []),
    ...(edge.isFromStepBefore ? [textOf('t−1', besides(points), HALO)] : []),
  ]
  return ['g', {}, parts]
}

function textOf(text: string, { x, y }: Point, style: Attributes = {}): Drawing {
  return ['text', { x, y, dy: '0.32em', 'text-anchor': 'middle', ...style }, text]
}

function pair({ x, y }: Point): string {
  return `${round(x)},${round(y)}`
}

function make(document: Document, [tag, attributes, inside = []]: Drawing): Element {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, typeof value === 'number' ? String(round(value)) : value)
  if (typeof inside === 'string') element.textContent = inside
  else element.append(...inside.map((drawing) => make(document, drawing)))
  return element
}

function round(value: number): number {
  return Math.round(10 * value) / 10
}
