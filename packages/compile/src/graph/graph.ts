import type { TensorType } from '@variate/core/ops'
import type { Attributes, Kernel } from '@variate/core/internal'
import type { Precision } from '../wasm/lanes.ts'
import type { Node, Shape } from './node.ts'

/** What a node is made of. */
export interface Operation {
  readonly op: string
  readonly inputs: readonly Node[]
  readonly attributes: Attributes
  readonly shape: Shape
  readonly dtype: TensorType
  readonly kernel?: Kernel | undefined
}

/**
 * The nodes of a program, each computed once: operations are pure functions of their inputs and attributes, draws as well,
 * so that equal ones are one node.
 */
export class Graph {
  readonly nodes: Node[] = []
  /** What its real numbers are computed in. */
  readonly precision: Precision
  /** Whether constants are only folded where every engine gives the same bits. */
  readonly reproducible: boolean
  readonly #known = new Map<string, Node>()
  readonly #arrays = new Map<unknown, number>()

  constructor(precision: Precision = 'float32', reproducible = false) {
    this.precision = precision
    this.reproducible = reproducible
  }

  add(operation: Operation): Node {
    const key = this.#keyOf(operation)
    const known = this.#known.get(key)
    if (known) return known
    const node: Node = Object.freeze({ ...operation, id: this.nodes.length })
    this.nodes.push(node)
    this.#known.set(key, node)
    return node
  }

  #keyOf({ op, inputs, attributes, shape, dtype }: Operation): string {
    const told = JSON.stringify(attributes, (_, x: unknown) => {
      if (ArrayBuffer.isView(x)) return `array ${this.#arrayId(x)}`
      return typeof x === 'number' && !(Number.isFinite(x) && !Object.is(x, -0))
        ? `number ${Object.is(x, -0) ? '-0' : x}`
        : x
    })
    return `${op}(${inputs.map(({ id }) => id).join()})${told}:${dtype}[${shape.join()}]`
  }

  /** Large arrays are told apart by which they are, not by what they hold. */
  #arrayId(x: unknown): number {
    const id = this.#arrays.get(x) ?? this.#arrays.size
    this.#arrays.set(x, id)
    return id
  }
}
