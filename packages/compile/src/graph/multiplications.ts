import { sizeOf, type Node } from './node.ts'

/** How many multiplications a product of matrices takes. */
export function multiplicationsOf({ inputs, attributes, shape }: Node): number {
  return sizeOf(shape) * inputs[0]!.shape.at(attributes['transposeA'] ? -2 : -1)!
}
