import type { Attribute, GraphMessage, NodeMessage, TensorMessage, ValueInfo } from '../model/messages.ts'
import { affineConstant, affineShape } from './affine.ts'
import { everyNode, isGraph } from './everyNode.ts'
import { sameProgram } from './sameProgram.ts'
import { withLength, type OpenConstant } from './withLength.ts'

/**
 * Graphs of one program at three lengths of some axes as one graph, in which that length is left open: what differs are whole
 * numbers such as those of shapes, each of them times·n + plus, which the graph computes of the shape of an input.
 *
 * @param axis what the length is called.
 * @returns undefined where the graphs differ in more, or no input has an axis that long.
 */
export function openLength(
  graphs: readonly GraphMessage[],
  lengths: readonly number[],
  axis: string,
): GraphMessage | undefined {
  const [first, ...others] = graphs as readonly [GraphMessage, ...GraphMessage[]]
  if (!others.every((other) => sameProgram(first, other))) return undefined
  const open = openConstants(
    graphs.map(({ initializers }) => initializers),
    lengths,
  )
  const graph = withOpenShapes(graphs, lengths, axis)
  if (!open || !graph) return undefined
  // One that is read anyhow, if there is such: others may be left out.
  const read = new Set(everyNode(graph.nodes).flatMap(({ inputs }) => inputs))
  const long = graph.inputs.filter(({ shape }) => shape.includes(axis))
  const source = long.find(({ name }) => read.has(name)) ?? long[0]
  return source && withLength(graph, source, axis, open)
}

/** The constants that differ. */
function openConstants(
  all: readonly (readonly TensorMessage[])[],
  lengths: readonly number[],
): ReadonlyMap<string, OpenConstant> | undefined {
  const open = new Map<string, OpenConstant>()
  for (const [i, { name, type, shape, bytes }] of all[0]!.entries()) {
    const own = all.map((constants) => constants[i]!)
    if (own.every((other) => other.bytes.every((x, at) => x === bytes[at]))) continue
    const values = affineConstant(own, lengths)
    if (!values) return undefined
    open.set(name!, { type, shape, values })
  }
  return open
}

/** The graph with open lengths in what it and graphs within it are given and give. */
function withOpenShapes(
  all: readonly GraphMessage[],
  lengths: readonly number[],
  axis: string,
): GraphMessage | undefined {
  const [first] = all as readonly [GraphMessage]
  const opened = (part: 'inputs' | 'outputs'): readonly ValueInfo[] | undefined =>
    complete(
      first[part].map((info, i) => {
        const shape = affineShape(
          all.map((graph) => graph[part][i]!),
          lengths,
          axis,
        )
        return shape && { ...info, shape }
      }),
    )
  const nodes = complete(
    first.nodes.map((node, i) => {
      const attributes = complete(
        Object.entries(node.attributes).map(([name, x]): readonly [string, Attribute] | undefined => {
          if (!isGraph(x)) return [name, x]
          const within = withOpenShapes(
            all.map((graph) => graph.nodes[i]!.attributes[name] as GraphMessage),
            lengths,
            axis,
          )
          return within && [name, within]
        }),
      )
      return (
        attributes && { ...node, attributes: Object.fromEntries(attributes) as NodeMessage['attributes'] }
      )
    }),
  )
  const [inputs, outputs] = [opened('inputs'), opened('outputs')]
  return nodes && inputs && outputs && { ...first, nodes, inputs, outputs }
}

/** A list that lacks nothing; undefined for another. */
function complete<Item>(items: readonly (Item | undefined)[]): readonly Item[] | undefined {
  return items.every((item) => item !== undefined) ? items : undefined
}
