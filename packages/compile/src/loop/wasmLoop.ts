import { compiledModule } from '../engine/compiledModule.ts'
import { needed } from '../engine/needed.ts'
import { clearBoard } from '../engine/threads/threaded.ts'
import { passCounts } from '../engine/passCounts.ts'
import type { Node } from '../graph/node.ts'
import type { Traced } from '../trace/trace.ts'
import { variable } from '../wasm/statement.ts'
import { I32 } from '../wasm/value.ts'
import type { LoopData, LoopProgram, LoopRunner } from './loopProgram.ts'
import { loopOf } from './loopNode.ts'
import { loopRunner } from './loopRunner.ts'
import { begun, turns } from './lowerLoop.ts'
import { withSteps } from './results.ts'

/** A loop as a WebAssembly module with two functions: what comes before the steps, and so many of them. */
export function wasmLoop({ graph, inputs, outputs }: Traced, reason: string): LoopProgram {
  const [node] = outputs[0]!.inputs as readonly [Node]
  const { carried } = loopOf(node)
  const before = needed(node.inputs)
  const [from, to] = [variable(I32), variable(I32)]
  const module = compiledModule(graph, [...inputs, node], (target) => [
    {
      name: 'begin',
      statements: [...target.lowered(before, node.inputs, new Set(inputs)), ...begun(node, target)],
    },
    { name: 'run', parameters: [from, to], statements: [turns(node, target, from.get, to.get)] },
  ])
  const data: LoopData = {
    inputs: inputs.map((input) => module.place(input)),
    state: carried.map(({ input }) => module.place(input)),
    collected: outputs.slice(carried.length).map((output) => module.place(output)),
    module: module.data,
  }
  const runner = (): LoopRunner => loopRunner(data, module.instance)
  return {
    explanation: {
      ...module.explanation,
      reason,
      recorded: graph.nodes.length,
      needed: withSteps([...before, node]).length,
      passes: passCounts(graph, [...before, node], module.counts),
    },
    data,
    runner,
    runnerWith: (memory) => {
      const { memory: own } = module.instance
      new Uint8Array(own.buffer).set(memory)
      // Who helped there does not help here.
      if (module.data.threads) clearBoard(own, module.data.threads.board)
      return runner()
    },
  }
}
