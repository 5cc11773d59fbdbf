import { sizeOf, type Node } from '../../graph/node.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import { repeat, variable, type Statement } from '../../wasm/statement.ts'
import { I32, type Value } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { Memory, type Shifts } from './memory.ts'

/** Sets all elements of a node to one value. */
export function filling(
  node: Node,
  x: (l: Lanes) => Value,
  target: Target,
  shifts?: Shifts,
): readonly Statement[] {
  const size = sizeOf(node.shape)
  if (size === 0) return []
  const index = variable(I32)
  const memory = new Memory([index], shifts)
  // Room in memory ends on a multiple of 16 bytes, so that the last vector may go beyond the elements.
  const l = node.dtype === 'int32' ? target.lanes : target.vectors
  const at = { coefficients: [1], offset: 0 }
  const store = memory.store(l, node.dtype, target.address(node), at, 0, x(l))
  return [repeat(index, 0, size, l.count, [store])]
}
