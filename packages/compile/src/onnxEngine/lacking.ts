import type { Node } from '../graph/node.ts'
import { unsupported } from '../onnx/unsupported.ts'

/** Which nodes ONNX lacks, of loops those with a step that it lacks, and why. */
export function lacking(nodes: readonly Node[]): ReadonlyMap<Node, string> {
  const reasons = new Map<Node, string>()
  for (const node of nodes) {
    const [first] = unsupported([node])
    if (!first) continue
    reasons.set(node, first.node === node ? first.reason : `its steps have ${first.node.op}: ${first.reason}`)
  }
  return reasons
}
