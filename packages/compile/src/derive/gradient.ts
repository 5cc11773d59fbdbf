import type { Tensor } from '@tensorflow/tfjs-core'
import { add, fill } from '@variate/core/ops'
import type { Node } from '../graph/node.ts'
import { loopGradients } from '../loop/loopGradients.ts'
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
  const isActive = (node: Node): boolean => depends.has(node) && node.dtype === 'float32'
  const accumulate = (node: Node, dx: Tensor): void => {
    const sum = slopes.get(node)
    slopes.set(node, sum ? add(sum, dx) : dx)
  }
  const throughLoop = (loop: Node): void => {
    const ofResults: (Tensor | undefined)[] = []
    for (const [result, slope] of slopes) {
      if (result.op !== 'loopResult' || result.inputs[0] !== loop || wrt.includes(result)) continue
      ofResults[result.attributes['index'] as number] = slope
    }
    if (ofResults.length === 0) return
    for (const [i, dx] of loopGradients(trace, loop, ofResults, isActive, gradients).entries()) {
      if (dx) accumulate(loop.inputs[i]!, dx)
    }
  }
  for (let id = y.id; id >= 0; id--) {
    const node = nodes[id]!
    if (node.op === 'loop') throughLoop(node)
    const dy = slopes.get(node)
    if (!dy || !node.kernel || !depends.has(node) || wrt.includes(node)) continue
    const inputs = node.inputs.map((input) => trace.tensorOf(input))
    for (const [index, input] of node.inputs.entries()) {
      if (isActive(input)) accumulate(input, node.kernel.gradient(index, dy, inputs, node.attributes))
    }
  }
  return wrt.map((node) => slopes.get(node) ?? fill(node.shape, 0))
}
