import { multiplicationsOf } from '../graph/multiplications.ts'
import type { Node } from '../graph/node.ts'

/** So many multiplications take less code than the loops that do more. */
const MOST = 512

/** Whether a product of matrices is written out, number by number. */
export function isSmallProduct(node: Node): boolean {
  if (node.op !== 'matMul' || node.inputs.some(({ dtype }) => dtype !== 'float32')) return false
  return multiplicationsOf(node) <= MOST
}
