import { sizeOf, type Node } from '../../../graph/node.ts'

/** Whether the matrices of a batch are one that stand one upon the other, for they are all multiplied by the same. */
export function isStacked({ inputs, attributes }: Node): boolean {
  return !attributes['transposeA'] && sizeOf(inputs[1]!.shape.slice(0, -2)) === 1
}
