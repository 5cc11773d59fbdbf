import { tensor, tidy, type DataType, type Tensor } from '@tensorflow/tfjs-core'
import { runKernel } from '@variate/core/ops'
import type { Node } from '../graph/node.ts'
import type { Traced } from '../trace/trace.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'

/** The graph computed node by node on the backend that is set. */
export function eagerProgram({ inputs, outputs }: Traced): Program {
  const nodes = needed(outputs)
  return {
    run: (given) => {
      const results = tidy(() => {
        const tensors = new Map<Node, Tensor>()
        for (const [i, node] of inputs.entries()) {
          tensors.set(node, tensor(given[i] as Float32Array, [...node.shape], node.dtype as DataType))
        }
        for (const node of nodes) {
          if (node.op === 'input') continue
          const args = node.inputs.map((input) => tensors.get(input)!)
          tensors.set(node, runKernel(`variate.${node.op}`, node.kernel!, args, node.attributes))
        }
        return outputs.map((node) => tensors.get(node)!.clone())
      })
      return results.map((x) => {
        const data = x.dataSync().slice()
        x.dispose()
        return data
      })
    },
  }
}
