import type { Node } from '../graph/node.ts'
import { loopOf } from '../loop/loopNode.ts'

/** They throw for a matrix that is not positive definite, or is singular. */
const FAIL = new Set(['cholesky', 'logDeterminant', 'solvePositive', 'squaredMahalanobis', 'triangularSolve'])

/** Whether compiled code throws for some numbers where ONNX Runtime, which cannot, goes on with NaN. */
export function mayFail(node: Node): boolean {
  return node.op === 'loop' ? loopOf(node).nodes.some(mayFail) : FAIL.has(node.op)
}
