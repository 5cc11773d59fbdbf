import { expect } from 'vitest'
import type { DirectedGraph } from '../../src/graph/directedGraph.ts'
import { textWidth } from '../../src/graph/textWidth.ts'
import { modelGraph } from '../../src/modelGraph.ts'
import { renderSvg } from '../../src/renderSvg.ts'
import { coordinates, readSvg } from '../readSvg.ts'

export interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

interface DrawnNode extends Rect {
  readonly radius: number
  readonly fill: string
  readonly borders: number
}

interface DrawnEdge {
  readonly title: string
  readonly start: readonly [number, number]
  readonly end: readonly [number, number]
  readonly hasHead: boolean
  readonly isDashed: boolean
  readonly texts: readonly string[]
}

/** What is in the picture of a graph, by names. */
export interface DrawnGraph {
  readonly nodes: ReadonlyMap<string, DrawnNode>
  readonly plates: readonly (Rect & { readonly text: string })[]
  readonly edges: readonly DrawnEdge[]
  readonly texts: readonly (Rect & { readonly text: string })[]
  /** The picture itself, as seen from what is in it. */
  readonly picture: Rect
}

/** Draws a graph and reads the picture again. */
export async function readGraph(graph: DirectedGraph): Promise<DrawnGraph> {
  const svg = await renderSvg(modelGraph(graph))
  const { all } = readSvg(svg)
  const number = (element: Element, name: string): number => Number(element.getAttribute(name))
  const rectOf = (rect: Element): Rect => {
    const [left, top] = [number(rect, 'x'), number(rect, 'y')]
    return { left, top, right: left + number(rect, 'width'), bottom: top + number(rect, 'height') }
  }
  const children = (element: Element, tag: string): readonly Element[] =>
    Array.from(element.children).filter(({ localName }) => localName === tag)
  const within = (description: string): readonly Element[] =>
    all(`[aria-description="${description}"]`).flatMap((group) => Array.from(group.children))

  const names = within('plate names').map((text) => text.textContent)
  const nodes = within('nodes').map((group): [string, DrawnNode] => {
    const [rect, ...more] = children(group, 'rect')
    const [radius, fill] = [number(rect!, 'rx'), rect!.getAttribute('fill')!]
    const [name] = children(group, 'text')
    return [name!.textContent!, { ...rectOf(rect!), radius, fill, borders: 1 + more.length }]
  })
  const edges = within('edges').map((group): DrawnEdge => {
    const [line, head] = children(group, 'path')
    const points = coordinates(line!)
    const end = head ? coordinates(head)[0]! : points.at(-1)!
    return {
      title: children(group, 'title')[0]!.textContent!,
      start: points[0]!,
      end,
      hasHead: head !== undefined,
      isDashed: line!.hasAttribute('stroke-dasharray'),
      texts: children(group, 'text').map((text) => text.textContent!),
    }
  })
  const inGraph = all('[aria-description="plates"]')[0]!.parentElement!
  const [x, y] = /translate\(([-\d.]+),([-\d.]+)\)/
    .exec(inGraph.getAttribute('transform')!)!
    .slice(1)
    .map(Number)
  const [root] = all('svg')
  const texts = Array.from(inGraph.querySelectorAll('text'), (text) => {
    const [half, cx, cy] = [textWidth(text.textContent!, 12) / 2, number(text, 'x'), number(text, 'y')]
    return { text: text.textContent!, left: cx - half, right: cx + half, top: cy - 8, bottom: cy + 8 }
  })
  expect(nodes.map(([name]) => name)).toEqual(graph.nodes.map(({ name }) => name))
  return {
    nodes: new Map(nodes),
    plates: within('plates').map((rect, i) => ({ ...rectOf(rect), text: names[i]! })),
    edges,
    texts,
    picture: {
      left: -x!,
      top: -y!,
      right: number(root!, 'width') - x!,
      bottom: number(root!, 'height') - y!,
    },
  }
}

/** How far a point is outside of a rectangle with round corners; negative inside. */
export function outside(point: readonly [number, number], node: DrawnNode): number {
  const [halfWidth, halfHeight] = [(node.right - node.left) / 2, (node.bottom - node.top) / 2]
  const x = Math.abs(point[0] - (node.left + halfWidth)) - halfWidth + node.radius
  const y = Math.abs(point[1] - (node.top + halfHeight)) - halfHeight + node.radius
  return Math.hypot(Math.max(x, 0), Math.max(y, 0)) + Math.min(Math.max(x, y), 0) - node.radius
}
