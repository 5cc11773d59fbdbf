import { fill, tensor, tidy, type DataType, type Tensor } from '@tensorflow/tfjs-core'
import { runKernel } from '@variate/core/internal'
import type { Node } from '../graph/node.ts'
import type { Traced } from '../trace/trace.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'

/** The graph computed operation by operation on the backend that is set. */
export function eagerProgram({ graph, inputs, outputs }: Traced, reason: string): Program {
  const nodes = needed(outputs)
  const compute = (given: readonly ArrayLike<number>[]): Tensor[] => {
    const tensors = new Map<Node, Tensor>()
    for (const [i, { shape, dtype }] of inputs.entries()) {
      tensors.set(inputs[i]!, tensor(Array.from(given[i]!), [...shape], dtype as DataType))
    }
    for (const node of nodes) {
      if (tensors.has(node)) continue
      if (!node.kernel) {
        const { values } = node.attributes as { values: number | ArrayLike<number> }
        const dtype = node.dtype as DataType
        const data = typeof values === 'number' ? undefined : Array.from(values)
        tensors.set(
          node,
          data ? tensor(data, [...node.shape], dtype) : fill([...node.shape], values as number, dtype),
        )
        continue
      }
      const args = node.inputs.map((input) => tensors.get(input)!)
      tensors.set(node, runKernel(`variate.${node.op}`, node.kernel, args, node.attributes))
    }
    return outputs.map((node) => tensors.get(node)!.clone())
  }
  return {
    explanation: {
      engine: 'eager',
      reason,
      recorded: graph.nodes.length,
      needed: nodes.length,
      called: [],
      codeBytes: 0,
      memoryBytes: 0,
    },
    run: (given) =>
      tidy(() => compute(given)).map((x) => {
        const data = x.dataSync().slice()
        x.dispose()
        return data as Float32Array
      }),
  }
}
