import type { TensorType } from '@variate/core/ops'
import type { Graph } from '../graph/graph.ts'
import type { Node, Shape } from '../graph/node.ts'
import { bodyOf, type Body } from './body.ts'

/** What a loop carries from one step to the next: what a step reads, and what it makes of it. */
export interface Carried {
  readonly input: Node
  readonly next: Node
}

/** What a step reads of one row of an array, every so many steps the next; zeros in the steps between. */
export interface Slice {
  readonly input: Node
  readonly every: number
}

/** What is collected of every so many steps. */
export interface Output {
  readonly node: Node
  readonly every: number
}

/** The steps of a loop: nodes of the graph that the loop is a node of, on inputs that the loop gives values to. */
export interface Steps {
  readonly count: number
  /** The last step first, with the rows that are its own. */
  readonly isReverse: boolean
  /** The input that holds the number of the step. */
  readonly index: Node
  readonly carried: readonly Carried[]
  readonly slices: readonly Slice[]
  readonly outputs: readonly Output[]
}

/**
 * What a loop does, as the attribute `loop` of its node. The node takes what is carried at first, then what is sliced, then
 * what else its steps read. Its results are nodes of their own: what is carried at last, then what is collected.
 */
export class Loop implements Steps, Body {
  readonly count: number
  readonly isReverse: boolean
  readonly index: Node
  readonly carried: readonly Carried[]
  readonly slices: readonly Slice[]
  readonly outputs: readonly Output[]
  readonly nodes: readonly Node[]
  readonly captures: readonly Node[]

  constructor(steps: Steps) {
    this.count = steps.count
    this.isReverse = steps.isReverse
    this.index = steps.index
    this.carried = steps.carried
    this.slices = steps.slices
    this.outputs = steps.outputs
    const { nodes, captures } = this.bodyOf(this.made)
    this.nodes = nodes
    this.captures = captures
  }

  get nexts(): readonly Node[] {
    return this.carried.map(({ next }) => next)
  }

  /** What a step makes for each of the results. */
  get made(): readonly Node[] {
    return [...this.nexts, ...this.outputs.map(({ node }) => node)]
  }

  /** What a step is given. */
  get inputs(): readonly Node[] {
    return [this.index, ...this.carried.map(({ input }) => input), ...this.slices.map(({ input }) => input)]
  }

  /** What a step computes for some of its results. */
  bodyOf(results: readonly Node[]): Body {
    return bodyOf(this.inputs, results)
  }

  /** What the steps read, and what they make for results. */
  get read(): ReadonlySet<Node> {
    return new Set([...this.nodes.flatMap(({ inputs }) => inputs), ...this.made])
  }

  /** What the nodes that hold the results are of. */
  get results(): readonly { readonly shape: Shape; readonly dtype: TensorType }[] {
    return [
      ...this.carried.map(({ input: { shape, dtype } }) => ({ shape, dtype })),
      ...this.outputs.map(({ node: { shape, dtype }, every }) => ({
        shape: [Math.floor(this.count / every), ...shape],
        dtype,
      })),
    ]
  }

  /** What tells loops of a graph apart: equal ones are one node. */
  toJSON(): unknown {
    return [this.key, ...this.outputs.map(({ node, every }) => [node.id, every])]
  }

  /** What tells steps apart but for what is collected of them. */
  get key(): string {
    const { count, isReverse, index, carried, slices } = this
    return JSON.stringify([
      [count, isReverse, index.id],
      ...carried.map(({ input, next }) => [input.id, next.id]),
      ...slices.map(({ input, every }) => [input.id, every]),
    ])
  }
}

/** What the node of a loop does. */
export function loopOf({ attributes }: Node): Loop {
  return attributes['loop'] as Loop
}

/** An input of steps: a node that is no other's equal. */
export function stepInput(graph: Graph, shape: Shape, dtype: TensorType): Node {
  // No earlier one had this number, for each of them is a node itself.
  const attributes = { step: graph.nodes.length }
  return graph.add({ op: 'input', inputs: [], attributes, shape, dtype })
}

/** The nodes of the results of a loop of these steps. */
export function addLoop(
  graph: Graph,
  steps: Steps,
  initial: readonly Node[],
  sliced: readonly Node[],
): readonly Node[] {
  const loop = new Loop(steps)
  const inputs = [...initial, ...sliced, ...loop.captures]
  const node = graph.add({ op: 'loop', inputs, attributes: { loop }, shape: [], dtype: 'float32' })
  return loop.results.map(({ shape, dtype }, index) =>
    graph.add({ op: 'loopResult', inputs: [node], attributes: { index }, shape, dtype }),
  )
}
