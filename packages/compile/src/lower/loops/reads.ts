import type { Constants } from '@variate/core/internal'
import { uniformOf, type Node } from '../../graph/node.ts'
import { LOGIC, ruleOf } from '../elementwise.ts'
import { broadcastPlace, flat, placeInInput, scaled, sum, type Linear, type Place } from './linear.ts'

/**
 * Where an operation that is computed element by element reads its inputs, for a place of its result; undefined where it
 * cannot say: for other operations, and for reshapes that read their input as if it had another shape.
 */
export function inputsAt(node: Node, place: Place): readonly Place[] | undefined {
  const { op, kernel, inputs } = node
  if (kernel?.elementwise || op === 'cast' || op === 'where' || op === 'triangle')
    return inputs.map((input) => broadcastPlace(input.shape, place))
  const from = placeInInput(node, place)
  return from && [from]
}

/** What loops read in memory to compute a node at a place, and what they compute on the way there. */
export interface Reads {
  readonly nodes: Set<Node>
  readonly accesses: { readonly node: Node; readonly at: Linear }[]
  /** What elements depend on besides: how far a column is right of a row. */
  readonly indices: Linear[]
}

/** What tells whether an element at a place is in a triangle: its column less its row. */
export function beyondDiagonal(place: Place, loops: number): Linear {
  return sum([place.at(-1)!, scaled(place.at(-2)!, -1)], loops)
}

/** Adds to `reads` what computing a node at a place takes; the node itself is not read, even if it will be stored. */
export function addReads(
  reads: Reads,
  root: Node,
  place: Place,
  loops: number,
  isStored: (node: Node) => boolean,
  seen: Set<string> = new Set(),
): void {
  reads.nodes.add(root)
  if (uniformOf(root) !== undefined) return
  const from = inputsAt(root, place)
  if (!from) {
    reads.accesses.push({ node: root.inputs[0]!, at: flat(root.shape, place, loops) })
    return
  }
  if (root.op === 'triangle') reads.indices.push(beyondDiagonal(place, loops))
  for (const [k, at] of from.entries()) {
    const input = root.inputs[k]!
    const key = `${input.id} ${JSON.stringify(at)}`
    if (seen.has(key)) continue
    seen.add(key)
    if (isStored(input)) reads.accesses.push({ node: input, at: flat(input.shape, at, loops) })
    else addReads(reads, input, at, loops, isStored, seen)
  }
}

/** Whether vectors can compute a node: real numbers and conditions, by instructions. */
export function isVectorial({ op, inputs, attributes, dtype, kernel }: Node): boolean {
  if (dtype === 'int32' || inputs.some((input) => input.dtype === 'int32')) return false
  if (!kernel?.elementwise || LOGIC[op]) return true
  const rule = ruleOf(op, attributes['constants'] as Constants)
  return rule !== undefined && inputs.every((input) => input.dtype === 'float32')
}
