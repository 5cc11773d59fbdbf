import { sizeOf, type Node } from '../../graph/node.ts'
import { repeat, variable, type Statement } from '../../wasm/statement.ts'
import { I32, type Value } from '../../wasm/value.ts'
import { aligned } from '../aligned.ts'
import { combine } from '../combine.ts'
import { times } from '../routines/integers.ts'
import type { Target } from '../target.ts'
import { Memory, type Shifts } from './memory.ts'
import type { Root } from './root.ts'

/** What pieces of loops sum up, each in a place of its own, until all are joined in the order of the pieces. */
export class PieceSums {
  readonly #roots: readonly Root[]
  readonly #count: number
  readonly #target: Target
  /** Where those of the first piece lie. */
  readonly #rooms: ReadonlyMap<Node, number>

  constructor(roots: readonly Root[], count: number, target: Target) {
    this.#roots = roots
    this.#count = count
    this.#target = target
    this.#rooms = new Map(roots.map(({ node }) => [node, target.room(count * this.#bytesOf(node))]))
  }

  /** Where loops write sums of the first piece in the place of all. */
  get target(): Target {
    return { ...this.#target, address: (node) => this.#rooms.get(node) ?? this.#target.address(node) }
  }

  shifts(piece: Value): Shifts {
    return new Map([...this.#rooms].map(([node, room]) => [room, times(piece, this.#bytesOf(node))]))
  }

  joined(): readonly Statement[] {
    return this.#roots.map(({ node, reduction }) => {
      const l = node.dtype === 'int32' ? this.#target.lanes : this.#target.vectors
      const index = variable(I32)
      const memory = new Memory([index])
      const at = { coefficients: [1], offset: 0 }
      const sums = Array.from({ length: this.#count }, (_, piece) =>
        memory.load(l, node.dtype, this.#rooms.get(node)! + piece * this.#bytesOf(node), at, 0),
      )
      const total = sums.reduce((a, b) => combine(l, reduction!, node.dtype, a, b))
      // Room in memory ends on a multiple of 16 bytes, so that the last vector may go beyond the elements.
      const store = memory.store(l, node.dtype, this.#target.address(node), at, 0, total)
      return repeat(index, 0, sizeOf(node.shape), l.count, [store])
    })
  }

  #bytesOf(node: Node): number {
    return aligned(this.#target.bytesOf(node))
  }
}
