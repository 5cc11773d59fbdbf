import { withSteps } from '../loop/results.ts'
import type { Traced } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { compiledModule } from './compiledModule.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'
import { programOf } from './programOf.ts'

/**
 * The graph as a WebAssembly module.
 *
 * @param unroll whether what is small is written out.
 * @param isFused whether products may be added with one rounding, where the engine can: results then differ by engine.
 */
export function wasmProgram(
  { graph, inputs, outputs }: Traced,
  precision: Precision,
  unroll: boolean,
  reason: string,
  isFused = false,
): Program {
  const nodes = needed(outputs)
  // Inputs that nothing reads, and outputs that are inputs, have their places, too.
  const module = compiledModule(
    precision,
    unroll,
    [...inputs, ...outputs],
    ({ lowered }) => [{ name: 'run', statements: lowered(nodes, outputs, new Set(inputs)) }],
    isFused,
  )
  const data = {
    module: module.data,
    inputs: inputs.map((node) => module.place(node)),
    outputs: outputs.map((node) => module.place(node)),
    explanation: {
      ...module.explanation,
      reason,
      recorded: graph.nodes.length,
      needed: withSteps(nodes).length,
    },
  }
  return programOf(data, module.instance)
}
