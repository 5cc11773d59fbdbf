import type { GraphNode, GraphPlate, ModelGraph } from './graph.ts'

/** What is drawn in a plate, or around all: nodes, and the plates within. */
export interface Drawn {
  readonly nodes: readonly GraphNode[]
  readonly plates: readonly { readonly plate: GraphPlate; readonly inside: Drawn }[]
}

/** The nodes of a graph in the plates that enclose them. Where plates cross, what is in both is drawn in each order once. */
export function nested({ nodes, plates }: Pick<ModelGraph, 'nodes' | 'plates'>, depth = 0): Drawn {
  const own = nodes.filter((node) => node.plates.length === depth)
  const names = new Set(nodes.flatMap((node) => node.plates.slice(depth, depth + 1)))
  return {
    nodes: own,
    plates: [...names].map((name) => ({
      plate: plates.find((plate) => plate.name === name)!,
      inside: nested({ nodes: nodes.filter((node) => node.plates[depth] === name), plates }, depth + 1),
    })),
  }
}
