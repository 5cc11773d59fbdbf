import { packed } from './packed.ts'
import { sizeOf, type Node } from '../graph/node.ts'
import { loopBytes, resultOffset, type BytesOf } from '../loop/results.ts'
import { aligned, VECTOR_BYTES } from '../lower/aligned.ts'
import type { Lifetime } from '../lower/lifetimes.ts'
import type { Lanes } from '../wasm/lanes.ts'
import type { Place } from './moduleData.ts'

/** Where tensors lie in a program's memory: real numbers and truth values in its precision, whole ones as int32. */
export class Layout {
  readonly #lanes: Lanes
  readonly #addresses = new Map<Node, number>()
  /** The nodes whose places others have at other times. */
  readonly #shared = new Set<Node>()
  /** The nodes that lie where others did, and those that lie where these do. */
  readonly #guests = new Set<Node>()
  #saved = 0
  #end = VECTOR_BYTES

  constructor(lanes: Lanes) {
    this.#lanes = lanes
  }

  /** How many bytes are taken so far. */
  get bytes(): number {
    return this.#end
  }

  /** How many more it would be if no memory were used again. */
  get saved(): number {
    return this.#saved
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
    if (this.#shared.has(of)) this.#shared.add(node)
    else this.#shared.delete(node)
    if (this.#guests.has(of)) this.#guests.add(node)
  }

  /** Lets a node lie where another did, which saves a place. */
  takeOver(node: Node, of: Node): void {
    this.#saved += aligned(this.bytesOf(node))
    this.alias(node, of)
    this.#guests.add(node)
  }

  /** Lets those of nodes that have taken over places have others from now on: elsewhere those that they had may be read later. */
  moveOut(nodes: readonly Node[]): void {
    for (const node of nodes) if (this.#guests.delete(node)) this.#addresses.delete(node)
  }

  /** Whether a node has a place that no other has. */
  isKept(node: Node): boolean {
    return this.#addresses.has(node) && !this.#shared.has(node)
  }

  /** Lets a node have a place that no other has. */
  keep(node: Node): void {
    if (!this.#shared.delete(node)) return
    this.#addresses.delete(node)
    this.#saved -= aligned(this.bytesOf(node))
  }

  /** Gives nodes new places that others of them have at other times. */
  share(lifetimes: ReadonlyMap<Node, Lifetime>): void {
    const nodes = [...lifetimes.keys()]
    const blocks = nodes.map((node) => ({ ...lifetimes.get(node)!, bytes: aligned(this.bytesOf(node)) }))
    const { offsets, bytes } = packed(blocks)
    const start = this.room(bytes)
    this.#saved -= bytes
    for (const [i, node] of nodes.entries()) {
      // Of what steps of two loops have in common one place more would do.
      if (!this.#addresses.has(node)) this.#saved += blocks[i]!.bytes
      this.#addresses.set(node, start + offsets[i]!)
      this.#shared.add(node)
    }
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
    this.#end += aligned(bytes)
    return address
  }

  /** The place of a node, and what lies there. */
  place(node: Node): Place {
    return { address: this.address(node), shape: node.shape, dtype: node.dtype }
  }
}
