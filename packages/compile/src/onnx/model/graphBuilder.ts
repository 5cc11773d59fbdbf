import { sizeOf, type Shape } from '../../graph/node.ts'
import type {
  Attribute,
  ElementType,
  GraphMessage,
  NodeMessage,
  TensorMessage,
  ValueInfo,
} from './messages.ts'

/** What is common to a graph and the graphs within it. */
interface Shared {
  count: number
  readonly taken: Set<string>
  readonly initializers: TensorMessage[]
  readonly constants: Map<string, string>
  /** The names that tensors were given, by those that they had. */
  readonly given: Map<string, string>
}

/**
 * A graph of ONNX while it is made: tensors are their names. What is computed already is not computed again, what does not
 * depend on a step is computed around it, and constants are those of the outermost graph.
 */
export class GraphBuilder {
  readonly #nodes: NodeMessage[] = []
  readonly #known = new Map<string, string>()
  /** What is known here alone: what is made here, and what this graph is given. */
  readonly #own = new Set<string>()
  readonly #made = new Set<string>()
  readonly #around: GraphBuilder | undefined
  readonly #shared: Shared

  /**
   * @param reserved names that tensors are not to have.
   * @param around the graph that this one is within, whose tensors it may take.
   */
  constructor(reserved: Iterable<string> = [], around?: GraphBuilder) {
    this.#around = around
    this.#shared = around
      ? around.#shared
      : { count: 0, taken: new Set(reserved), initializers: [], constants: new Map(), given: new Map() }
  }

  /** A graph within this one. */
  within(): GraphBuilder {
    return new GraphBuilder([], this)
  }

  /** A name that no tensor has. */
  name(of: string): string {
    const { taken } = this.#shared
    let name: string
    do name = `${of}_${this.#shared.count++}`
    while (taken.has(name))
    return name
  }

  /** A name for what this graph is given. */
  input(of: string): string {
    const name = this.name(of)
    this.#own.add(name)
    return name
  }

  /** The tensor that an operator gives: it is computed in the outermost graph that has all that it takes. */
  op(type: string, inputs: readonly string[], attributes: NodeMessage['attributes'] = {}): string {
    const around = this.#around
    if (around && !inputs.some((name) => this.#own.has(name))) return around.op(type, inputs, attributes)
    const key = `${type} ${inputs.join(' ')} ${JSON.stringify(attributes, plain)}`
    const known = this.#known.get(key)
    if (known) return known
    const [output] = this.several(type, inputs, 1, attributes) as [string]
    this.#known.set(key, output)
    return output
  }

  /** The tensors that an operator of several gives. */
  several(
    type: string,
    inputs: readonly string[],
    count: number,
    attributes: NodeMessage['attributes'],
  ): readonly string[] {
    const outputs = Array.from({ length: count }, () => this.name(type.toLowerCase()))
    for (const name of outputs) {
      this.#own.add(name)
      this.#made.add(name)
    }
    this.#nodes.push({ type, inputs, outputs, attributes })
    return outputs
  }

  /** Gives a tensor a name: its own from then on where that is made here and has none yet, a copy's else. */
  rename(from: string, to: string): void {
    const { given } = this.#shared
    if (this.#made.has(from) && !given.has(from)) given.set(from, to)
    else this.#nodes.push({ type: 'Identity', inputs: [from], outputs: [to], attributes: {} })
  }

  /** A constant: one number, or an element for each of its shape. */
  constant(values: number | ArrayLike<number>, type: ElementType, shape: Shape = []): string {
    const { constants, initializers } = this.#shared
    const list = typeof values === 'number' ? [values] : values
    const data = arrayOf(list, type)
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    // Large ones are told apart by where they come from, which whoever asks for them does.
    const key = bytes.length <= 4096 ? `${type} [${shape}] ${bytes.join()}` : undefined
    const known = key && constants.get(key)
    if (known) return known
    const name = this.name('constant')
    initializers.push({ name, type, shape, bytes })
    if (key) constants.set(key, name)
    return name
  }

  /** Whole numbers, as shapes and axes are given. */
  whole(values: readonly number[]): string {
    return this.constant(values, 'int64', [values.length])
  }

  /** One number throughout a shape. */
  filled(x: number, type: ElementType, shape: Shape): string {
    const one = this.constant(x, type)
    return sizeOf(shape) === 1 && shape.length === 0 ? one : this.op('Expand', [one, this.whole(shape)])
  }

  /** The graph as a message: constants, and names that were given, are the outermost one's. */
  graph(name: string, inputs: readonly ValueInfo[], outputs: readonly ValueInfo[]): GraphMessage {
    if (this.#around) return { name, nodes: this.#nodes, initializers: [], inputs, outputs }
    const { initializers, given } = this.#shared
    return { name, nodes: renamed(this.#nodes, given), initializers, inputs, outputs }
  }
}

/** Nodes, and those of graphs within them, with the names that tensors were given. */
function renamed(nodes: readonly NodeMessage[], given: ReadonlyMap<string, string>): readonly NodeMessage[] {
  const now = (name: string): string => given.get(name) ?? name
  const within = (x: Attribute): Attribute =>
    typeof x === 'object' && 'nodes' in x ? { ...x, nodes: renamed(x.nodes, given) } : x
  return nodes.map(({ type, inputs, outputs, attributes }) => ({
    type,
    inputs: inputs.map(now),
    outputs: outputs.map(now),
    attributes: Object.fromEntries(Object.entries(attributes).map(([key, x]) => [key, within(x)])),
  }))
}

function arrayOf(values: ArrayLike<number>, type: ElementType): ArrayBufferView {
  if (type === 'int64' || type === 'uint64') return BigInt64Array.from(values, BigInt)
  if (type === 'float32') return Float32Array.from(values)
  if (type === 'float64') return Float64Array.from(values)
  if (type === 'bool') return Uint8Array.from(values)
  // Words are the same bits with a sign or without.
  return Int32Array.from(values)
}

/** Real numbers in attributes as text. */
function plain(_: string, x: Attribute): unknown {
  return x instanceof Float32Array ? String(x[0]) : x
}
