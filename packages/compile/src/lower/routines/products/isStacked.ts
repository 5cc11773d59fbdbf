import { sizeOf, type Node } from '../../../graph/node.ts'

/** Whether the matrices of a batch are one that stand one upon the other, for they are all multiplied by the same, as by a filter. */
export function isStacked({ op, inputs, attributes }: Node): boolean {
  return op === 'conv2d' || (!attributes['transposeA'] && sizeOf(inputs[1]!.shape.slice(0, -2)) === 1)
}
