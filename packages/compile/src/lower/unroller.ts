import type { TensorType } from '@variate/core/ops'
import { sizeOf, type Node } from '../graph/node.ts'
import { whole, type Statement } from '../wasm/statement.ts'
import type { Value } from '../wasm/value.ts'
import { combine, isReduction } from './combine.ts'
import { convert } from './element.ts'
import { assembled, laneInAll, laneOf, spread, type Sources } from './packing/assembled.ts'
import { Origins, type Element } from './packing/element.ts'
import { fewest, isOfRuns, isPacked } from './packing/isPacked.ts'
import { packed, packedRun } from './packing/packed.ts'
import { combinedLanes, splatAt, storeVector } from './routines/memory.ts'
import { loadElement, loadVector, storeElement } from './stored.ts'
import type { Target } from './target.ts'
import { reduced } from './terms.ts'
import { writtenOut } from './writtenOut.ts'

/**
 * Nodes whose elements are values: views cost nothing, and what is not needed is not computed. Several elements of a node
 * are a vector where that can be, others each for itself; either is made of the other where it is taken.
 */
export class Unroller {
  readonly #target: Target
  readonly #elements = new Map<Node, readonly Value[]>()
  readonly #vectors = new Map<Node, readonly Value[]>()
  readonly #packs = new Map<Node, boolean>()
  readonly #assembled = new Map<string, Value>()
  readonly #inMemory = new Set<Node>()
  readonly #origins = new Origins()

  constructor(target: Target) {
    this.#target = target
  }

  /** Says that a node lies in memory from here on. */
  isStored(node: Node): void {
    this.#inMemory.add(node)
  }

  /** The elements of a node; read from memory if it lies there. */
  of(node: Node): readonly Value[] {
    const known = this.#elements.get(node)
    if (known) return known
    const elements = this.#computed(node)
    this.#elements.set(node, elements)
    return elements
  }

  /** What puts a node into memory, if it is not there. */
  store(node: Node): readonly Statement[] {
    if (this.#inMemory.has(node)) return []
    const { lanes: l, vectors } = this.#target
    const address = this.#target.address(node)
    const chunks = Math.ceil(sizeOf(node.shape) / vectors.count)
    const statements = this.#isInVectors(node)
      ? Array.from({ length: chunks }, (_, i) => {
          const x = this.#chunk(node, i)
          const numbers = node.dtype === 'bool' ? convert(vectors, x, 'bool', 'float32') : x
          // Whole vectors: tensors have room in multiples of these, and what is read in one piece is best written in one.
          return storeVector(vectors, numbers, whole(0), address + 16 * i)
        }).flat()
      : this.of(node).map((x, i) => storeElement(l, node, address, i, x))
    this.#inMemory.add(node)
    return statements
  }

  #computed(node: Node): readonly Value[] {
    const { lanes: l, vectors } = this.#target
    if (this.#inMemory.has(node)) return this.#load(node)
    if (this.#isPacked(node)) {
      return Array.from({ length: sizeOf(node.shape) }, (_, i) => {
        const vector = this.#packed(node)[Math.floor(i / vectors.count)]!
        return laneOf(vectors, l, vector, i % vectors.count, node.dtype)
      })
    }
    const { op, inputs, dtype } = node
    if (isReduction(op) && dtype === 'float32' && isOfRuns(node, vectors) && this.#isInVectors(inputs[0]!)) {
      return reduced(node).map((items) => {
        const run = items.map((at): Element => ({ node: inputs[0]!, at }))
        const vector = packedRun(node, run, vectors, this.#assemble)
        return combinedLanes(vectors, l, vector, (a, b) => combine(l, op, dtype, a, b))
      })
    }
    return writtenOut(node, (input) => this.of(input), this.#target)
  }

  #isPacked(node: Node): boolean {
    const known = this.#packs.get(node) ?? isPacked(node, this.#target.vectors)
    this.#packs.set(node, known)
    return known
  }

  #packed(node: Node): readonly Value[] {
    const known =
      this.#vectors.get(node) ??
      packed(node, this.#target.vectors, this.#assemble, (x, v) => this.#chunk(x, v))
    this.#vectors.set(node, known)
    return known
  }

  /** A vector of a node; the last may have lanes that are none of it. */
  #chunk(node: Node, v: number): Value {
    const { vectors } = this.#target
    const { count } = vectors
    if (node.dtype !== 'int32') {
      if (this.#inMemory.has(node)) return this.#loadVector(node, v * count)
      if (this.#isPacked(node)) return this.#packed(node)[v]!
    }
    const size = sizeOf(node.shape)
    const lanes = Array.from({ length: count }, (_, i) => v * count + i)
    const elements = lanes.map((at) => (at < size ? { node, at } : undefined))
    return this.#assemble(elements, node.dtype)
  }

  /** Whether vectors hold the elements of a node, or of what they come from. */
  #isInVectors(node: Node): boolean {
    if (node.dtype === 'int32' || sizeOf(node.shape) < fewest(this.#target.vectors)) return false
    const origin = this.#originOf({ node, at: 0 })
    return 'node' in origin && (this.#inMemory.has(origin.node) || this.#isPacked(origin.node))
  }

  #originOf(element: Element): Element {
    return this.#origins.of(element, (node) => this.#inMemory.has(node))
  }

  readonly #assemble = (elements: readonly (Element | undefined)[], dtype: TensorType): Value => {
    const lanes = elements.map((x) => x && this.#originOf(x))
    const told = lanes.map((x) => {
      if (!x) return ''
      return 'node' in x ? `${x.node.id}:${x.at}` : `#${Object.is(x.number, -0) ? '-0' : x.number}`
    })
    const key = `${dtype} ${told.join()}`
    const known = this.#assembled.get(key)
    if (known) return known
    const vector = assembled(this.#target.vectors, lanes, dtype, this.#sources)
    this.#assembled.set(key, vector)
    return vector
  }

  readonly #sources: Sources = {
    vectorOf: (node, at) => {
      const { count } = this.#target.vectors
      const lane = at % count
      const vector = this.#sources.run(node, at - lane)
      return vector && [vector, lane]
    },
    run: (node, from) => {
      const { vectors } = this.#target
      if (node.dtype === 'int32') return undefined
      if (this.#inMemory.has(node)) return this.#loadVector(node, from)
      if (from % vectors.count > 0 || !this.#isPacked(node)) return undefined
      return this.#packed(node)[from / vectors.count]
    },
    scalarOf: (node, at) => this.of(node)[at]!,
    splat: (node, at) => {
      const { vectors: l } = this.#target
      const isInMemory = this.#inMemory.has(node)
      if (isInMemory && node.dtype === 'float32')
        return splatAt(l, whole(0), this.#target.address(node) + l.bytes * at)
      if (isInMemory || !this.#isPacked(node)) return spread(l, this.of(node)[at]!, node.dtype)
      return laneInAll(l, this.#packed(node)[Math.floor(at / l.count)]!, at % l.count)
    },
  }

  #load(node: Node): readonly Value[] {
    const address = this.#target.address(node)
    return Array.from({ length: sizeOf(node.shape) }, (_, i) =>
      loadElement(this.#target.lanes, node, address, i),
    )
  }

  /** Elements that follow each other in memory; behind the last ones anything. */
  #loadVector(node: Node, from: number): Value {
    const { vectors: l } = this.#target
    const key = `load ${node.id} ${from}`
    const known = this.#assembled.get(key)
    if (known) return known
    const vector = loadVector(l, node, this.#target.address(node), from)
    this.#assembled.set(key, vector)
    return vector
  }
}
