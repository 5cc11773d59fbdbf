import { sizeOf, type Node } from '../graph/node.ts'
import { sourcesOf } from '../graph/movement.ts'
import { unsigned } from '../wasm/encode.ts'
import type { Lanes } from '../wasm/lanes.ts'
import type { Instruction } from '../wasm/statement.ts'
import { I32, value, type Value } from '../wasm/value.ts'
import { convert } from './element.ts'
import { isSmallProduct } from './isSmallProduct.ts'
import type { Target } from './target.ts'
import { writtenOut } from './writtenOut.ts'

/** Nodes whose elements are values, each for itself: views cost nothing, and what is not needed is not computed. */
export class Unroller {
  readonly #target: Target
  readonly #elements = new Map<Node, readonly Value[]>()
  readonly #inMemory = new Set<Node>()

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
    const elements = this.#inMemory.has(node)
      ? this.#load(node)
      : writtenOut(node, (input) => this.of(input), this.#target)
    this.#elements.set(node, elements)
    return elements
  }

  /** What puts a node into memory, if it is not there. */
  store(node: Node): readonly Instruction[] {
    if (this.#inMemory.has(node)) return []
    const elements = this.of(node)
    this.#inMemory.add(node)
    const address = this.#target.address(node)
    return elements.map((x, i) => storeElement(this.#target.lanes, node, address, i, x))
  }

  #load(node: Node): readonly Value[] {
    const address = this.#target.address(node)
    return Array.from({ length: sizeOf(node.shape) }, (_, i) =>
      loadElement(this.#target.lanes, node, address, i),
    )
  }
}

const OPERATIONS = new Set(['constant', 'cast', 'where', 'sum', 'max'])

/** Whether elements of a node can be written out, from those of its inputs. */
export function canBeWrittenOut(node: Node): boolean {
  if (node.op === 'matMul') return isSmallProduct(node)
  return node.kernel?.elementwise !== undefined || OPERATIONS.has(node.op) || sourcesOf(node) !== undefined
}

const ZERO: Value = /* @__PURE__ */ value(I32, [0x41, 0])

function loadElement(l: Lanes, { dtype }: Node, address: number, i: number): Value {
  if (dtype === 'int32') return value(I32, [0x28, 2, ...unsigned(address + 4 * i)], [ZERO])
  const x = l.load(ZERO, address + l.bytes * i)
  return dtype === 'bool' ? convert(l, x, 'float32', 'bool') : x
}

function storeElement(l: Lanes, { dtype }: Node, address: number, i: number, x: Value): Instruction {
  if (dtype === 'int32') return { code: [0x36, 2, ...unsigned(address + 4 * i)], args: [ZERO, x] }
  const number = dtype === 'bool' ? convert(l, x, 'bool', 'float32') : x
  const code = l.isDouble ? [0x39, 3] : [0x38, 2]
  return { code: [...code, ...unsigned(address + l.bytes * i)], args: [ZERO, number] }
}
