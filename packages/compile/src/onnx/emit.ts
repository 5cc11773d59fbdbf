import type { Node } from '../graph/node.ts'
import { elementwise } from './elementwise.ts'
import type { Emission } from './emission.ts'
import { OPERATIONS } from './operations.ts'
import { emitLoop } from './emitLoop.ts'

/** Says nodes in ONNX, each after what it takes. */
export function emit(nodes: readonly Node[], e: Emission): void {
  for (const node of nodes) {
    if (e.has(node)) continue
    if (node.op === 'loop') e.loops.set(node, emitLoop(node, e))
    else if (node.op === 'loopResult') {
      e.set(node, e.loops.get(node.inputs[0]!)![node.attributes['index'] as number]!)
    } else e.set(node, (node.kernel?.elementwise ? elementwise : OPERATIONS[node.op]!)(node, e))
  }
}
