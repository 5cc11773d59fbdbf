import { keep, tensor, tidy, type DataType, type Tensor } from '@tensorflow/tfjs-core'
import { evaluate } from '../engine/evaluate.ts'
import { needed } from '../engine/needed.ts'
import { passCounts } from '../engine/passCounts.ts'
import type { Node } from '../graph/node.ts'
import type { Traced } from '../trace/trace.ts'
import { EagerSteps } from './eagerLoop.ts'
import type { Data, LoopProgram, LoopRunner } from './loopProgram.ts'
import { loopOf } from './loopNode.ts'
import { withSteps } from './results.ts'

/** A loop operation by operation on the backend that is set. */
export function eagerLoopProgram({ graph, inputs, outputs }: Traced, reason: string): LoopProgram {
  const [node] = outputs[0]!.inputs as readonly [Node]
  const before = needed(node.inputs)
  return {
    explanation: {
      engine: 'eager',
      reason,
      recorded: graph.nodes.length,
      needed: withSteps([...before, node]).length,
      passes: passCounts(graph, [...before, node]),
      called: [],
      pieces: [],
      codeBytes: 0,
      memoryBytes: 0,
    },
    runner: () => eagerRunner(node, before, inputs, outputs),
  }
}

function eagerRunner(
  node: Node,
  before: readonly Node[],
  inputs: readonly Node[],
  outputs: readonly Node[],
): LoopRunner {
  const { carried } = loopOf(node)
  let taken: readonly Tensor[] = []
  let steps: EagerSteps | undefined
  const dataOf = (x: Tensor): Data => x.dataSync().slice() as Data
  return {
    begin: (data) =>
      tidy(() => {
        const known = new Map(inputs.map((input, i) => [input, tensorLike(input, data[i]!)]))
        evaluate(before, known)
        taken = node.inputs.map((input) => keep(known.get(input)!.clone()))
        steps = new EagerSteps(loopOf(node), taken, evaluate)
      }),
    run: (first, end) => steps!.run(first, end),
    state: () => steps!.state.map(dataOf),
    restore: (data) =>
      tidy(() => {
        steps!.state = carried.map(({ input }, i) => tensorLike(input, data[i]!))
      }),
    rows: (first, end) => {
      const collected = steps!.outputs(first, end)
      const data = outputs
        .slice(carried.length)
        .map(({ attributes }) => dataOf(collected[(attributes['index'] as number) - carried.length]!))
      for (const x of collected) x.dispose()
      return data
    },
    dispose: () => {
      steps?.dispose()
      for (const x of taken) x.dispose()
    },
  }
}

function tensorLike({ shape, dtype }: Node, data: ArrayLike<number>): Tensor {
  return tensor(Array.from(data), [...shape], dtype as DataType)
}
