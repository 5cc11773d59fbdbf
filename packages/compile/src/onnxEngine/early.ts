import type { Node } from '../graph/node.ts'
import { loopOf } from '../loop/loopNode.ts'

const KEYS = new Set(['key', 'foldInKey', 'splitKey'])

/**
 * Whether WebAssembly makes a node in much less time: random numbers are some hundred operations on whole numbers, each of which is
 * an instruction there and a pass over memory in ONNX Runtime.
 */
export function isDrawn(node: Node): boolean {
  const { op } = node
  if (op === 'loop') return loopOf(node).nodes.some(isDrawn)
  return KEYS.has(op) || op.startsWith('draw') || op.startsWith('each draw')
}
