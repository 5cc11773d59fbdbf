import { sizeOf, type Node } from '../graph/node.ts'
import type { Precision } from '../wasm/lanes.ts'
import { arrayOf } from './instantiate.ts'
import type { Constant, Place } from './moduleData.ts'

/** What a constant is in memory. */
export function constantIn(
  { address, dtype, shape }: Place,
  { attributes }: Node,
  precision: Precision,
): Constant {
  const values = attributes['values'] as number | ArrayLike<number>
  const isUniform = typeof values === 'number'
  const { buffer } = arrayOf(precision, dtype).from(isUniform ? [values] : values)
  return { address, bytes: new Uint8Array(buffer), count: isUniform ? sizeOf(shape) : 1 }
}
