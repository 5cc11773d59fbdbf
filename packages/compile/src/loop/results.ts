import type { Node } from '../graph/node.ts'
import type { TensorType } from '@variate/core/ops'
import { aligned } from '../lower/aligned.ts'
import { loopOf } from './loopNode.ts'

/** The bytes of tensors, by shape and type. */
export type BytesOf = (x: { readonly shape: readonly number[]; readonly dtype: TensorType }) => number

/** Where the results of a loop lie in its memory, one behind the other, and at last how many bytes they take. */
function placesOf(loop: Node, bytesOf: BytesOf): readonly number[] {
  let end = 0
  const starts = loopOf(loop).results.map((x) => {
    const start = end
    end += aligned(bytesOf(x))
    return start
  })
  return [...starts, end]
}

/** The bytes of all results of a loop. */
export function loopBytes(loop: Node, bytesOf: BytesOf): number {
  return placesOf(loop, bytesOf).at(-1)!
}

/** Where in the memory of a loop a result lies. */
export function resultOffset(loop: Node, index: number, bytesOf: BytesOf): number {
  return placesOf(loop, bytesOf)[index]!
}

/** The nodes, and those of the steps of loops among them. */
export function withSteps(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => (node.op === 'loop' ? [node, ...withSteps(loopOf(node).nodes)] : [node]))
}
