import { withSteps } from '../loop/results.ts'
import type { Settled } from '../loop/settled.ts'
import type { Precision } from '../wasm/lanes.ts'
import { compiledModule } from './compiledModule.ts'
import { passCounts } from './passCounts.ts'
import type { Program } from './program.ts'

/** The graph as a WebAssembly module. */
export function wasmProgram(
  { graph, inputs, outputs, nodes }: Settled,
  precision: Precision,
  reason: string,
): Program {
  // Inputs that nothing reads, and outputs that are inputs, have their places, too.
  const module = compiledModule(
    precision,
    graph.passes,
    [...inputs, ...outputs],
    ({ lowered }) => [{ name: 'run', statements: lowered(nodes, outputs, new Set(inputs)) }],
    graph.fastMath,
  )
  const given = inputs.map((node) => module.view(node))
  const results = outputs.map((node) => module.view(node))
  return {
    explanation: {
      ...module.explanation,
      reason,
      recorded: graph.nodes.length,
      needed: withSteps(nodes).length,
      passes: passCounts(graph, nodes, module.counts),
    },
    run: (data) => {
      for (const [i, x] of data.entries()) given[i]!.set(x)
      module.functions['run']!()
      return results.map((view) => view.slice())
    },
  }
}
