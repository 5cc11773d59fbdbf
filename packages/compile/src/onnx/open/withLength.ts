import {
  ELEMENT_TYPES,
  type Attribute,
  type GraphMessage,
  type NodeMessage,
  type TensorMessage,
  type ValueInfo,
} from '../model/messages.ts'
import type { Affine } from './affine.ts'
import { everyNode } from './everyNode.ts'

/** A constant that depends on a length: its type and shape, and what each of its numbers is. */
export interface OpenConstant extends Pick<TensorMessage, 'type' | 'shape'> {
  readonly values: readonly Affine[]
}

/**
 * A graph that computes what depends on the length of an axis.
 *
 * @param source an input that has this axis, by the name that lengths have there.
 */
export function withLength(
  graph: GraphMessage,
  source: ValueInfo,
  axis: string,
  open: ReadonlyMap<string, OpenConstant>,
): GraphMessage {
  const taken = namesIn(graph)
  const named = (of: string): string => {
    let name = of
    for (let i = 0; taken.has(name); i++) name = `${of}_${i}`
    taken.add(name)
    return name
  }
  const constants = graph.initializers.filter(({ name }) => !open.has(name!))
  const constant = (values: readonly number[], type: string, shape: readonly number[]): string => {
    const name = named('constant')
    const data = type === 'int64' ? BigInt64Array.from(values, BigInt) : Int32Array.from(values)
    constants.push({ name, type: type as 'int64', shape, bytes: new Uint8Array(data.buffer) })
    return name
  }
  // Runtimes plan better with the lengths that they know: of a shape in which one is open, that is inferred.
  const inferred = new Map<string, string>()
  const inferredOf = (name: string): string => {
    const { values } = open.get(name)!
    const known = inferred.get(name)
    if (known !== undefined || values.filter(({ times }) => times !== 0).length !== 1) return known ?? name
    const lengths = values.map(({ times, plus }) => (times === 0 ? plus : -1))
    inferred.set(name, constant(lengths, 'int64', [values.length]))
    return inferred.get(name)!
  }
  const reshaped = mapped(graph.nodes, (node) => {
    const [x, shape] = node.inputs
    if (node.type !== 'Reshape' || !open.has(shape!) || 'allowzero' in node.attributes) return node
    return { ...node, inputs: [x!, inferredOf(shape!)] }
  })
  const before: NodeMessage[] = []
  const op = (
    type: string,
    inputs: readonly string[],
    attributes: NodeMessage['attributes'] = {},
    output = named(type.toLowerCase()),
  ): string => {
    before.push({ type, inputs, outputs: [output], attributes })
    return output
  }
  const read = new Set(everyNode(reshaped).flatMap(({ inputs }) => inputs))
  const computed = [...open].filter(([name]) => read.has(name))
  if (computed.length > 0) {
    const at = constant([source.shape.indexOf(axis)], 'int64', [])
    const length = op('Gather', [op('Shape', [source.name]), at], { axis: 0 })
    for (const [name, { type, shape, values }] of computed) {
      const n = type === 'int64' ? length : op('Cast', [length], { to: ELEMENT_TYPES[type] })
      const part = (of: keyof Affine): string =>
        constant(
          values.map((x) => x[of]),
          type,
          shape,
        )
      op('Add', [op('Mul', [n, part('times')]), part('plus')], {}, name)
    }
  }
  return { ...graph, nodes: [...before, ...reshaped], initializers: constants }
}

/** Nodes, and those of graphs within them, changed. */
function mapped(nodes: readonly NodeMessage[], change: (node: NodeMessage) => NodeMessage): NodeMessage[] {
  const within = (x: Attribute): Attribute =>
    typeof x === 'object' && 'nodes' in x ? { ...x, nodes: mapped(x.nodes, change) } : x
  return nodes.map((node) =>
    change({
      ...node,
      attributes: Object.fromEntries(Object.entries(node.attributes).map(([key, x]) => [key, within(x)])),
    }),
  )
}

function namesIn({ nodes, inputs, outputs, initializers }: GraphMessage): Set<string> {
  const made = everyNode(nodes).flatMap((node) => node.outputs)
  return new Set([...[...inputs, ...outputs, ...initializers].map(({ name }) => name!), ...made])
}
