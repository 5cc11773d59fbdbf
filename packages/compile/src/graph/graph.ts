import type { Settings } from './settings.ts'
import type { TensorType } from '@variate/core/ops'
import type { Attributes, Kernel } from '@variate/core/internal'
import type { Precision } from '../wasm/lanes.ts'
import type { Node, Shape } from './node.ts'
import { ONE, type Threads } from '../engine/threads/threadsFor.ts'
import { ALL_PASSES, type Passes } from './passes.ts'

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
 * so that equal ones are one node, unless `passes` say otherwise.
 */
export class Graph {
  readonly nodes: Node[] = []
  /** What its real numbers are computed in. */
  readonly precision: Precision
  readonly passes: Passes
  /** Whether compiled code may round otherwise. */
  readonly fastMath: boolean
  /** Whether constants are only folded where every engine gives the same bits. */
  readonly reproducible: boolean
  /** How many threads it may run on. */
  readonly threads: Threads
  /** How many of the operations that were recorded passes left out. */
  readonly tally = { folding: 0, algebra: 0, commonSubexpressions: 0 }
  readonly #known = new Map<string, Node>()
  readonly #arrays = new Map<unknown, number>()

  constructor({ precision, passes, fastMath, reproducible, threads }: Partial<Settings> = {}) {
    this.precision = precision ?? 'float32'
    this.passes = passes ?? ALL_PASSES
    this.fastMath = fastMath ?? false
    this.reproducible = reproducible ?? false
    this.threads = threads ?? ONE
  }

  add(operation: Operation): Node {
    const { commonSubexpressions } = this.passes
    const key = commonSubexpressions ? this.#keyOf(operation) : ''
    const known = this.#known.get(key)
    if (known) {
      if (operation.kernel) this.tally.commonSubexpressions++
      return known
    }
    const node: Node = Object.freeze({ ...operation, id: this.nodes.length })
    this.nodes.push(node)
    if (commonSubexpressions) this.#known.set(key, node)
    return node
  }

  #keyOf({ op, inputs, attributes, shape, dtype }: Operation): string {
    let key = `${op}:${dtype}[${shape.join()}]`
    for (const { id } of inputs) key += ` ${id}`
    for (const name in attributes) key += ` ${name} ${this.#told(attributes[name])}`
    return key
  }

  /** An attribute as text that tells it apart. */
  #told(x: unknown): string {
    if (typeof x === 'number') return Object.is(x, -0) ? '-0' : String(x)
    if (Array.isArray(x)) return `[${x.map((item) => this.#told(item)).join()}]`
    return ArrayBuffer.isView(x) ? `array ${this.#arrayId(x)}` : JSON.stringify(x)
  }

  /** Large arrays are told apart by which they are, not by what they hold. */
  #arrayId(x: unknown): number {
    const id = this.#arrays.get(x) ?? this.#arrays.size
    this.#arrays.set(x, id)
    return id
  }
}
