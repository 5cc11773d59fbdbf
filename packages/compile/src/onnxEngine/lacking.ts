import type { Node } from '../graph/node.ts'
import { unsupported } from '../onnx/unsupported.ts'
import type { Precision } from '../wasm/lanes.ts'

/** Which nodes ONNX lacks, of loops those with a step that it lacks, and why. */
export function lacking(nodes: readonly Node[], precision: Precision): ReadonlyMap<Node, string> {
  const reasons = new Map<Node, string>()
  for (const node of nodes) {
    const [first] = unsupported([node], precision)
    if (!first) continue
    reasons.set(node, first.node === node ? first.reason : `its steps have ${first.node.op}: ${first.reason}`)
  }
  return reasons
}

/** Operations and why they are not for ONNX, as errors tell of them. */
export function toldOf(reasons: Iterable<readonly [node: Node, reason: string]>): string {
  return [...new Set([...reasons].map(([{ op }, reason]) => `${op} (${reason})`))].join(', ')
}
