import type { Node } from '../graph/node.ts'
import { withSteps } from '../loop/results.ts'
import { formulaOf } from './elementwise.ts'
import { OPERATIONS } from './operations.ts'

/** A node that cannot be said in ONNX, and why. */
export interface Refused {
  readonly node: Node
  readonly reason: string
}

/** What of these nodes, and of the steps of loops among them, cannot be said in ONNX. */
export function unsupported(nodes: readonly Node[]): readonly Refused[] {
  return withSteps(nodes).flatMap((node) => {
    const reason = reasonOf(node)
    return reason === undefined ? [] : [{ node, reason }]
  })
}

/** The operations and the reasons, as errors tell of them. */
export function toldOf(refused: readonly Refused[]): string {
  return [...new Set(refused.map(({ node, reason }) => `${node.op} (${reason})`))].join(', ')
}

function reasonOf(node: Node): string | undefined {
  const { op, kernel } = node
  if (op === 'input' || op === 'loop' || op === 'loopResult' || OPERATIONS[op]) return undefined
  if (kernel?.elementwise) {
    return formulaOf(node) ? undefined : 'it is computed by branches and loops for each element'
  }
  if (op.startsWith('draw'))
    return 'its draws take as many attempts as they need, or are counts that may be too large'
  if (op.startsWith('each ')) return 'it is computed for one element after the other'
  return 'ONNX has no operator for it'
}
