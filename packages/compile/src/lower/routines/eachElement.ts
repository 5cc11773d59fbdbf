import { ofEach } from '../../batch/each.ts'
import type { Node } from '../../graph/node.ts'
import { copied } from '../../loop/moves.ts'
import { repeat, variable, whole, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { plus, times } from './integers.ts'

/**
 * What a node computes of each element of a batch, by the code for one: it works on one element in memory, which is copied
 * there, and what it makes of it from there.
 *
 * @param routineOf finds the code of an operation.
 */
export function eachElement(
  node: Node,
  target: Target,
  routineOf: (op: string) => Routine | undefined,
): readonly Statement[] | undefined {
  const each = ofEach(node)
  if (!each) return undefined
  const { step, isBatched, size } = each
  const inputs = node.inputs.map((x, at) => (isBatched[at] ? elementOf(x) : x))
  const one: Node = { ...step, id: node.id, inputs }
  const statements = routineOf(step.op)?.(one, target)
  if (!statements) return undefined
  const index = variable(I32)
  const move = (part: Node, of: Node, isTaken: boolean): readonly Statement[] => {
    // Variables, for what is read at one place would be the same throughout the loop.
    const [single, several] = [variable(I32), variable(I32)]
    const bytes = target.bytesOf(part)
    const place = (at: Variable) => ({ base: at.get, offset: 0 })
    const [from, to] = isTaken ? [several, single] : [single, several]
    return [
      { variable: single, to: whole(target.address(part)) },
      { variable: several, to: plus(times(index.get, bytes), target.address(of)) },
      ...copied(place(from), place(to), bytes),
    ]
  }
  const taken = node.inputs.flatMap((x, at) => (isBatched[at] ? move(inputs[at]!, x, true) : []))
  const body = [...taken, target.define(statements), ...move(one, node, false)]
  return [target.define([repeat(index, 0, size, 1, body)])]
}

/** An element of an input, in a place of its own. */
function elementOf({ id, shape, dtype }: Node): Node {
  return { id, op: 'input', inputs: [], attributes: {}, shape: shape.slice(1), dtype }
}
