import type { Attribute, GraphMessage, NodeMessage } from '../model/messages.ts'

/**
 * Whether graphs are the same but for numbers of constants and lengths of axes: the same operators on tensors of the same names, in
 * the same order.
 */
export function sameProgram(a: GraphMessage, b: GraphMessage): boolean {
  const names = ({ inputs, outputs, initializers }: GraphMessage): string =>
    JSON.stringify([
      [...inputs, ...outputs].map(({ name, type, shape }) => [name, type, shape.length]),
      initializers.map(({ name, type, shape }) => [name, type, shape]),
    ])
  return (
    a.nodes.length === b.nodes.length &&
    names(a) === names(b) &&
    a.nodes.every((node, i) => sameNode(node, b.nodes[i]!))
  )
}

function sameNode(a: NodeMessage, b: NodeMessage): boolean {
  const [own, other] = [a, b].map(({ attributes }) => Object.entries(attributes))
  return (
    a.type === b.type &&
    String(a.inputs) === String(b.inputs) &&
    String(a.outputs) === String(b.outputs) &&
    own!.length === other!.length &&
    own!.every(([name, x], i) => name === other![i]![0] && sameAttribute(x, other![i]![1]))
  )
}

function sameAttribute(a: Attribute, b: Attribute): boolean {
  if (typeof a === 'object' && typeof b === 'object' && 'nodes' in a && 'nodes' in b) return sameProgram(a, b)
  return String(a) === String(b)
}
