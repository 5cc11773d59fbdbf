import { fill, tensor, type DataType, type Tensor } from '@tensorflow/tfjs-core'
import { runKernel } from '@variate/core/internal'
import type { Node } from '../graph/node.ts'
import { loopOf } from '../loop/loopNode.ts'
import { eagerLoop } from '../loop/eagerLoop.ts'

/** Computes nodes one after the other on the backend that is set, into what is known. */
export function evaluate(nodes: readonly Node[], known: Map<Node, Tensor>): void {
  const loops = new Map<Node, readonly Tensor[]>()
  for (const node of nodes) {
    if (known.has(node)) continue
    const args = node.inputs.map((input) => known.get(input)!)
    if (node.op === 'loop') loops.set(node, eagerLoop(loopOf(node), args, evaluate))
    else if (node.op === 'loopResult') {
      known.set(node, loops.get(node.inputs[0]!)![node.attributes['index'] as number]!)
    } else {
      known.set(
        node,
        node.kernel ? runKernel(`variate.${node.op}`, node.kernel, args, node.attributes) : constantOf(node),
      )
    }
  }
}

function constantOf({ attributes, shape, dtype }: Node): Tensor {
  const { values } = attributes as { values: number | ArrayLike<number> }
  return typeof values === 'number'
    ? fill([...shape], values, dtype as DataType)
    : tensor(Array.from(values), [...shape], dtype as DataType)
}
