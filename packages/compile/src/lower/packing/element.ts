import { fillOf, sourcesOf, type Sources } from '../../graph/movement.ts'
import { elementOf, sizeOf, type Node } from '../../graph/node.ts'

/** An element of a tensor, or a number that is known. */
export type Element = { readonly node: Node; readonly at: number } | { readonly number: number }

/** Finds where elements come from that are only moved. */
export class Origins {
  readonly #sources = new Map<Node, Sources | undefined>()

  /** The element itself; one that operations moved where they took it, unless they have put it into memory. */
  of(element: Element, isInMemory: (node: Node) => boolean): Element {
    let current = element
    while ('node' in current) {
      const { node, at } = current
      if (node.op === 'constant') return { number: elementOf(node, at) }
      const sources = isInMemory(node) ? undefined : this.#sourcesOf(node)
      if (!sources) break
      current = moved(node, sources[at]!)
    }
    return current
  }

  #sourcesOf(node: Node): Sources | undefined {
    if (!this.#sources.has(node)) this.#sources.set(node, sourcesOf(node))
    return this.#sources.get(node)
  }
}

/** @param from a place among the elements of all inputs, or −1 for the fill. */
function moved(node: Node, from: number): Element {
  if (from < 0) return { number: fillOf(node) }
  let at = from
  for (const input of node.inputs) {
    const size = sizeOf(input.shape)
    if (at < size) return { node: input, at }
    at -= size
  }
  throw new RangeError(`compile: '${node.op}' takes element ${from} of fewer`)
}
