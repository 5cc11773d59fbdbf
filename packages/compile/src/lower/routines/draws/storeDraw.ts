import type { Node } from '../../../graph/node.ts'
import { unsigned } from '../../../wasm/encode.ts'
import { whole, type Instruction, type Statement, type Variable } from '../../../wasm/statement.ts'
import type { Value } from '../../../wasm/value.ts'
import { wrapped } from '../../element.ts'
import type { Target } from '../../target.ts'
import { bytesOf } from '../elements.ts'
import { plus, times } from '../integers.ts'
import { one as l, storeWide } from '../linalg/wide.ts'
import { when } from '../when.ts'

/** Stores an element of a draw of real numbers. */
export function storeDraw(node: Node, target: Target, element: Value, x: Value): Statement {
  return storeWide(target.lanes, x, placeOf(node, target, element))
}

/**
 * Stores an element of a draw of counts.
 *
 * @param isLost becomes 1 where int32 does not hold it.
 */
export function storeCount(
  node: Node,
  target: Target,
  element: Value,
  x: Value,
  isLost: Variable,
): readonly Statement[] {
  const isHeld = l.le(x, l.constant(2 ** 31 - 1))
  const store: Instruction = {
    code: [0x36, 2, ...unsigned(0)],
    args: [placeOf(node, target, element), wrapped(l, x)],
  }
  return [...when(l.not(isHeld), [{ variable: isLost, to: whole(1) }]), store]
}

function placeOf(node: Node, target: Target, element: Value): Value {
  return plus(times(element, bytesOf(target, node)), target.address(node))
}
