import type { TensorType } from '@variate/core/ops'
import type { Node } from '../graph/node.ts'
import type { Precision } from '../wasm/lanes.ts'
import type { GraphBuilder } from './model/graphBuilder.ts'
import type { ElementType } from './model/messages.ts'

/** Says nodes in ONNX, each after what it takes. */
export type Emit = (nodes: readonly Node[], e: Emission) => void

/** Where nodes are said in ONNX: the graph that is made, and what is known in it by name. */
export class Emission {
  readonly graph: GraphBuilder
  readonly precision: Precision
  readonly #names: Map<Node, string>
  readonly #emit: Emit
  readonly #around: Emission | undefined
  /** The results of loops, by the nodes of these. */
  readonly loops: Map<Node, readonly string[]>

  constructor(graph: GraphBuilder, precision: Precision, emit: Emit, around?: Emission) {
    this.#emit = emit
    this.graph = graph
    this.precision = precision
    this.#names = new Map()
    this.#around = around
    this.loops = new Map()
  }

  /** For a graph within this one. */
  within(): Emission {
    return new Emission(this.graph.within(), this.precision, this.#emit, this)
  }

  /** Says nodes, inputs before what is computed of them. */
  emit(nodes: readonly Node[]): void {
    this.#emit(nodes, this)
  }

  has(node: Node): boolean {
    return this.#names.has(node) || (this.#around?.has(node) ?? false)
  }

  /** The name of a node's tensor. */
  of(node: Node): string {
    return this.#names.get(node) ?? this.#around!.of(node)
  }

  set(node: Node, name: string): void {
    this.#names.set(node, name)
  }

  /** What elements of a tensor are in ONNX. */
  type(dtype: TensorType): ElementType {
    return dtype === 'float32' ? this.precision : dtype
  }
}
