import { tensor, tidy, type DataType, type Tensor } from '@tensorflow/tfjs-core'
import { withSteps } from '../loop/results.ts'
import type { Node } from '../graph/node.ts'
import type { Settled } from '../loop/settled.ts'
import { evaluate } from './evaluate.ts'
import { passCounts } from './passCounts.ts'
import type { Program } from './program.ts'

/** The graph computed operation by operation on the backend that is set. */
export function eagerProgram({ graph, inputs, outputs, nodes }: Settled, reason: string): Program {
  const compute = (given: readonly ArrayLike<number>[]): Tensor[] => {
    const known = new Map<Node, Tensor>()
    for (const [i, { shape, dtype }] of inputs.entries()) {
      known.set(inputs[i]!, tensor(Array.from(given[i]!), [...shape], dtype as DataType))
    }
    evaluate(nodes, known)
    return outputs.map((node) => known.get(node)!.clone())
  }
  return {
    explanation: {
      engine: 'eager',
      reason,
      recorded: graph.nodes.length,
      needed: withSteps(nodes).length,
      passes: passCounts(graph, nodes),
      called: [],
      pieces: [],
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
