import { sizeOf, type Node } from '../../graph/node.ts'
import { repeat, variable, type Statement } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { store } from './memory.ts'

/** Sets all elements of a node, which are no whole numbers, to one number. */
export function filled({ lanes: l, address }: Target, node: Node, x: number): Statement {
  const at = variable(I32)
  const set = store(l, l.constant(x), at.get, address(node))
  return repeat(at, 0, sizeOf(node.shape) * l.bytes, l.bytes, [set])
}
