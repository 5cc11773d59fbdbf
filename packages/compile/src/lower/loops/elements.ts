import { uniformOf, type Node, type Shape } from '../../graph/node.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import type { Statement } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { choose, convert, literal } from '../element.ts'
import { lowerElement } from '../lowerElement.ts'
import type { Target } from '../target.ts'
import { inDimensions, type Dimension } from './dimensions.ts'
import { flat, ownPlace, type Linear, type Place } from './linear.ts'
import type { Memory } from './memory.ts'
import { beyondDiagonal, inputsAt } from './reads.ts'

/** What code writes a tensor's elements for: whether a node lies in memory when its loops run. */
export interface Setting {
  readonly target: Target
  readonly domain: Shape
  readonly dimensions: readonly Dimension[]
  readonly memory: Memory
  isStored(node: Node): boolean
}

/** What holds an element of a node that is read. */
export type Kept = (node: Node, read: Value) => Value

/** The elements of nodes at places, each computed once: a vector of them, or one. */
export class Elements {
  readonly #lanes: Lanes
  readonly #setting: Setting
  readonly #ahead: number
  readonly #row: number
  readonly #kept: Kept | undefined
  readonly #known = new Map<string, Value>()

  /**
   * @param ahead how many turns of the innermost loop from where it is.
   * @param row how many turns of the loop around it.
   * @param kept what holds elements that are read before anything is written.
   */
  constructor(l: Lanes, setting: Setting, ahead: number, row = 0, kept?: Kept) {
    this.#lanes = l
    this.#setting = setting
    this.#ahead = ahead
    this.#row = row
    this.#kept = kept
  }

  at(node: Node, place: Place): Value {
    const key = keyOf(node, place)
    const known = this.#known.get(key)
    if (known) return known
    const element = this.#setting.isStored(node)
      ? this.#read(node, this.#flat(node.shape, place))
      : this.#compute(node, place)
    this.#known.set(key, element)
    return element
  }

  /** The element of a node that the loops are for. */
  own(node: Node): Value {
    const place = ownPlace(node.shape)
    const element = this.#compute(node, place)
    this.#known.set(keyOf(node, place), element)
    return element
  }

  /** The element of a node that is of the domain. */
  whole(node: Node): Value {
    return this.at(node, ownPlace(this.#setting.domain))
  }

  load(node: Node, at: Linear): Value {
    const { target, memory } = this.#setting
    return memory.load(this.#lanes, node.dtype, target.address(node), this.#inRow(at), this.#ahead)
  }

  store(node: Node, at: Linear, x: Value): Statement {
    const { target, memory } = this.#setting
    return memory.store(this.#lanes, node.dtype, target.address(node), this.#inRow(at), this.#ahead, x)
  }

  /** Stores an element that is not beside that of the next turn. */
  scatter(node: Node, at: Linear, x: Value): readonly Statement[] {
    const { target, memory } = this.#setting
    return memory.scatter(this.#lanes, node.dtype, target.address(node), at, x)
  }

  #read(node: Node, at: Linear): Value {
    const x = this.load(node, at)
    // What is the same in all turns is read, and what is made of it computed, before the loop.
    return this.#kept && (at.coefficients.at(-1) ?? 0) !== 0 ? this.#kept(node, x) : x
  }

  #inRow({ coefficients, offset }: Linear): Linear {
    return { coefficients, offset: offset + (coefficients.at(-2) ?? 0) * this.#row }
  }

  #compute(node: Node, place: Place): Value {
    const { op, inputs, dtype, kernel } = node
    const l = this.#lanes
    const x = uniformOf(node)
    if (x !== undefined) return literal(l, x, dtype)
    const from = inputsAt(node, place)
    // Reshaped, what lies in memory is read as if it had the new shape.
    if (!from) return this.#read(inputs[0]!, this.#flat(node.shape, place))
    const args = from.map((at, k) => this.at(inputs[k]!, at))
    if (kernel?.elementwise) {
      return lowerElement(l, node, args, (called, given) => this.#setting.target.callOf(called, given))
    }
    if (op === 'triangle') return this.#inTriangle(node, place, args[0]!)
    if (op === 'cast') return convert(l, args[0]!, inputs[0]!.dtype, dtype)
    return op === 'where' ? choose(l, args[0]!, args[1]!, args[2]!) : args[0]!
  }

  /** Elements of a triangle, and zeros. */
  #inTriangle({ attributes, dtype }: Node, place: Place, x: Value): Value {
    const l = this.#lanes
    const { lower, offset } = attributes as { lower: boolean; offset: number }
    const { domain, dimensions, memory } = this.#setting
    const at = inDimensions(beyondDiagonal(place, domain.length), dimensions)
    const beyond = memory.number(l, this.#inRow(at), this.#ahead)
    const bound = l.constant(offset)
    return choose(l, lower ? l.le(beyond, bound) : l.ge(beyond, bound), x, literal(l, 0, dtype))
  }

  #flat(shape: Shape, place: Place): Linear {
    const { domain, dimensions } = this.#setting
    return inDimensions(flat(shape, place, domain.length), dimensions)
  }
}

function keyOf(node: Node, place: Place): string {
  return `${node.id}: ${place.map(({ coefficients, offset }) => `${coefficients}+${offset}`).join(';')}`
}
