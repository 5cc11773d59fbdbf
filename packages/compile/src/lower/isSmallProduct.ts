import { sizeOf, type Node } from '../graph/node.ts'

/** So many multiplications take less code than the loops that do more. */
const MOST = 512

/** Whether a product of matrices is written out, number by number. */
export function isSmallProduct({ op, inputs, attributes, shape }: Node): boolean {
  if (op !== 'matMul' || inputs.some(({ dtype }) => dtype !== 'float32')) return false
  const inner = inputs[0]!.shape.at(attributes['transposeA'] ? -2 : -1)!
  return sizeOf(shape) * inner <= MOST
}
