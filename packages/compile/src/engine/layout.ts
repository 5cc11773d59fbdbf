import { sizeOf, type Node } from '../graph/node.ts'
import { loopBytes, resultOffset, type BytesOf } from '../loop/results.ts'
import type { Lanes } from '../wasm/lanes.ts'
import type { Place } from './moduleData.ts'

/** Vectors are read fastest from addresses that are multiples of their size. */
const ALIGNMENT = 16

/** Where tensors lie in a program's memory: real numbers and truth values in its precision, whole ones as int32. */
export class Layout {
  readonly #lanes: Lanes
  readonly #addresses = new Map<Node, number>()
  #end = ALIGNMENT

  constructor(lanes: Lanes) {
    this.#lanes = lanes
  }

  /** How many bytes are taken so far. */
  get bytes(): number {
    return this.#end
  }

  /** The byte address of a node, which has its place from the first question on. */
  address(node: Node): number {
    const known = this.#addresses.get(node)
    if (known !== undefined) return known
    const bytes = node.op === 'loop' ? loopBytes(node, this.bytesOf) : this.bytesOf(node)
    const address = node.op === 'loopResult' ? this.#resultOf(node) : this.room(bytes)
    this.#addresses.set(node, address)
    return address
  }

  /** The nodes that have their places. */
  nodes(): readonly Node[] {
    return [...this.#addresses.keys()]
  }

  /** Whether a node has no place yet, or that of another. */
  canLieAt(node: Node, of: Node): boolean {
    const address = this.#addresses.get(node)
    return address === undefined || address === this.address(of)
  }

  /** Lets a node lie where another does. */
  alias(node: Node, of: Node): void {
    this.#addresses.set(node, this.address(of))
  }

  /** How many bytes the elements of a tensor take. */
  readonly bytesOf: BytesOf = ({ shape, dtype }) =>
    sizeOf(shape) * (dtype === 'int32' ? 4 : this.#lanes.bytes)

  /** Results of a loop lie in its memory. */
  #resultOf({ inputs, attributes }: Node): number {
    const [loop] = inputs as readonly [Node]
    return this.address(loop) + resultOffset(loop, attributes['index'] as number, this.bytesOf)
  }

  /** The byte address of so many bytes that nothing else has. */
  room(bytes: number): number {
    const address = this.#end
    this.#end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
    return address
  }

  /** The place of a node, and what lies there. */
  place(node: Node): Place {
    return { address: this.address(node), shape: node.shape, dtype: node.dtype }
  }
}
