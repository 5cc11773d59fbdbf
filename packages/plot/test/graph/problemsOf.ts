import type { DirectedGraph } from '../../src/graph/directedGraph.ts'
import { outside, type DrawnGraph, type Rect } from './readGraph.ts'

/** Coordinates are written to a tenth of a pixel. */
const ROUNDING = 0.25

function holds(outer: Rect, inner: Rect): boolean {
  const isWithin = inner.left >= outer.left - ROUNDING && inner.right <= outer.right + ROUNDING
  return isWithin && inner.top >= outer.top - ROUNDING && inner.bottom <= outer.bottom + ROUNDING
}

export function overlap(a: Rect, b: Rect): boolean {
  const isBeside = a.right - ROUNDING <= b.left || b.right - ROUNDING <= a.left
  return !isBeside && a.top < b.bottom - ROUNDING && b.top < a.bottom - ROUNDING
}

/** What is wrong in the picture of a graph: nothing, of any. */
export function problemsOf(graph: DirectedGraph, drawn: DrawnGraph): readonly string[] {
  return [...ofPlates(graph, drawn), ...ofOverlaps(drawn), ...ofEdges(graph, drawn), ...ofBounds(drawn)]
}

/** Every node inside a rectangle of each of its plates, and outside of all others; plates share nothing but nodes. */
function ofPlates({ nodes, plates }: DirectedGraph, drawn: DrawnGraph): readonly string[] {
  const members = nodes.flatMap((node) =>
    plates.flatMap(({ name }) => {
      const own = drawn.nodes.get(node.name)!
      const pieces = drawn.plates.filter(({ text }) => text.startsWith(`${name} (`))
      if (node.plates.includes(name))
        return pieces.some((piece) => holds(piece, own)) ? [] : [`${node.name} is not in plate ${name}`]
      return pieces.some((piece) => overlap(piece, own)) ? [`${node.name} is in plate ${name}`] : []
    }),
  )
  const crossings = pairs(drawn.plates).filter(([one, other]) => {
    if (!overlap(one, other) || holds(one, other) || holds(other, one)) return false
    return ![...drawn.nodes.values()].some((node) => holds(one, node) && holds(other, node))
  })
  return [...members, ...crossings.map(([one, other]) => `${one.text} crosses ${other.text}`)]
}

/** No nodes over each other, no names over each other, and none over a node of another name. */
function ofOverlaps({ nodes, texts }: DrawnGraph): readonly string[] {
  const names = texts.filter(({ text }) => text !== 't−1')
  const named = [...nodes].map(([text, node]) => ({ ...node, text }))
  const overNodes = named.flatMap((node) =>
    names
      .filter((name) => name.text !== node.text && overlap(name, node))
      .map((name) => [name, node] as const),
  )
  const over = [...pairs(named), ...pairs(names)].filter(([one, other]) => overlap(one, other))
  return [...over, ...overNodes].map(([one, other]) => `${one.text} is over ${other.text}`)
}

/** Edges from border to border, dashed if they are of the step before. */
function ofEdges({ edges }: DirectedGraph, drawn: DrawnGraph): readonly string[] {
  if (edges.length !== drawn.edges.length) return ['edges are missing']
  return edges.flatMap(({ from, to, isFromStepBefore }, i) => {
    const { title, start, end, isDashed } = drawn.edges[i]!
    return [
      ...(title === `${from} → ${to}` && isDashed === isFromStepBefore ? [] : [`${title} is another edge`]),
      ...(Math.abs(outside(start, drawn.nodes.get(from)!)) < 1 ? [] : [`${title} begins elsewhere`]),
      ...(Math.abs(outside(end, drawn.nodes.get(to)!)) < 1 ? [] : [`${title} ends elsewhere`]),
    ]
  })
}

function ofBounds({ nodes, plates, texts, picture }: DrawnGraph): readonly string[] {
  const parts = [...nodes.values(), ...plates, ...texts]
  return parts.every((part) => holds(picture, part)) ? [] : ['something is outside of the picture']
}

function pairs<Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] {
  return items.flatMap((one, i) => items.slice(i + 1).map((other) => [one, other] as const))
}
