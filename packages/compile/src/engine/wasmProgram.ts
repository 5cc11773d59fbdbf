import { withSteps } from '../loop/results.ts'
import type { Settled } from '../loop/settled.ts'
import { compiledModule } from './compiledModule.ts'
import { passCounts } from './passCounts.ts'
import type { Program } from './program.ts'
import { programOf } from './programOf.ts'

/** The graph as a WebAssembly module. */
export function wasmProgram({ graph, inputs, outputs, nodes }: Settled, reason: string): Program {
  // Inputs that nothing reads, and outputs that are inputs, have their places, too.
  const module = compiledModule(graph, [...inputs, ...outputs], ({ lowered }) => [
    { name: 'run', statements: lowered(nodes, outputs, new Set(inputs)) },
  ])
  const data = {
    module: module.data,
    inputs: inputs.map((node) => module.place(node)),
    outputs: outputs.map((node) => module.place(node)),
    explanation: {
      ...module.explanation,
      reason,
      recorded: graph.nodes.length,
      needed: withSteps(nodes).length,
      passes: passCounts(graph, nodes, module.counts),
    },
  }
  return programOf(data, module.instance)
}
