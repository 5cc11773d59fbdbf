import type { Tensor } from '@tensorflow/tfjs-core'
import { add, fill } from '@variate/core/ops'
import type { Node } from '../graph/node.ts'
import type { TraceBackend } from '../trace/traceBackend.ts'

/**
 * The gradients of the sum of `y` with respect to nodes of its graph, as further nodes of it, by reverse accumulation.
 * The rules are those of core's kernels; what they give can be differentiated again.
 */
export function gradients(trace: TraceBackend, y: Node, wrt: readonly Node[]): readonly Tensor[] {
  const { nodes } = trace.graph
  const depends = new Set<Node>(wrt)
  for (const node of nodes.slice(0, y.id + 1)) {
    if (node.op !== 'stopGradient' && node.inputs.some((input) => depends.has(input))) depends.add(node)
  }
  const slopes = new Map<Node, Tensor>([[y, fill(y.shape, 1)]])
  for (let id = y.id; id >= 0; id--) {
    const node = nodes[id]!
    const dy = slopes.get(node)
    if (!dy || !node.kernel || !depends.has(node) || wrt.includes(node)) continue
    const inputs = node.inputs.map((input) => trace.tensorOf(input))
    for (const [index, input] of node.inputs.entries()) {
      if (!depends.has(input) || input.dtype !== 'float32') continue
      const dx = node.kernel.gradient(index, dy, inputs, node.attributes)
      const sum = slopes.get(input)
      slopes.set(input, sum ? add(sum, dx) : dx)
    }
  }
  return wrt.map((node) => slopes.get(node) ?? fill(node.shape, 0))
}
