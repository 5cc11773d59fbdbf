import { Graph, layout } from '@dagrejs/dagre'
import type { DirectedGraph } from './directedGraph.ts'
import type { Region } from './plateTree.ts'

/** Where nodes are: their centres across, and how many rows are above theirs. */
export interface Arrangement {
  readonly x: ReadonlyMap<string, number>
  readonly row: ReadonlyMap<string, number>
}

/** Pixels between what stands in a row: nodes, and the sides of plates. */
const SEPARATION = { nodesep: 34, edgesep: 26 } as const

/**
 * Nodes in rows, each below those that it depends on, with few crossings of edges and every plate in one piece: by dagre, which
 * has this of Gansner et al., "A technique for drawing directed graphs" (1993), and Sander, "Layout of compound directed
 * graphs" (1996).
 *
 * @param widths of the nodes with what belongs to them.
 */
export function arrange(
  { nodes, edges }: DirectedGraph,
  tree: Region,
  widths: ReadonlyMap<string, number>,
): Arrangement {
  const graph = new Graph({ compound: true })
  graph.setGraph({ ...SEPARATION, rankdir: 'TB', ranksep: 40 })
  graph.setDefaultEdgeLabel(() => ({}))
  const order = new Map(nodes.map(({ name }, i) => [name, i]))
  const id = (name: string): string => `node ${order.get(name)}`
  for (const { name } of nodes) graph.setNode(id(name), { width: widths.get(name)!, height: 1 })
  let clusters = 0
  const put = (region: Region, parent: string | undefined): void => {
    const own = (child: string): string => {
      if (parent !== undefined) graph.setParent(child, parent)
      return child
    }
    for (const name of region.nodes) own(id(name))
    const cluster = (): string => {
      const made = `plate ${clusters++}`
      graph.setNode(made, {})
      return own(made)
    }
    for (const { regions } of region.groups) {
      const group = cluster()
      if (regions.length === 1) put(regions[0]!, group)
      else
        for (const part of regions)
          put({ boxes: [], nodes: [], groups: [{ boxes: [], regions: [part] }] }, group)
    }
  }
  put(tree, undefined)
  for (const { from, to } of edges) {
    // What the step before gives may be declared later: rows follow the declaration.
    const [above, below] = order.get(from)! < order.get(to)! ? [from, to] : [to, from]
    if (above !== below) graph.setEdge(id(above), id(below))
  }
  layout(graph)
  const at = (name: string): { x: number; y: number } => graph.node(id(name)) as { x: number; y: number }
  const heights = [...new Set(nodes.map(({ name }) => Math.round(at(name).y)))].toSorted((a, b) => a - b)
  return {
    x: new Map(nodes.map(({ name }) => [name, at(name).x])),
    row: new Map(nodes.map(({ name }) => [name, heights.indexOf(Math.round(at(name).y))])),
  }
}
