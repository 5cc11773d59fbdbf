import type { Attribute, GraphMessage, NodeMessage } from '../model/messages.ts'

/** Nodes, and those of graphs within them. */
export function everyNode(nodes: readonly NodeMessage[]): readonly NodeMessage[] {
  return nodes.flatMap((node) => [
    node,
    ...Object.values(node.attributes).flatMap((x) => (isGraph(x) ? everyNode(x.nodes) : [])),
  ])
}

export function isGraph(x: Attribute): x is GraphMessage {
  return typeof x === 'object' && 'nodes' in x
}
