import { UnsupportedError } from '@variate/core'
import { withSteps } from '../loop/results.ts'
import type { Traced } from '../trace/trace.ts'
import type { Precision } from '../wasm/lanes.ts'
import { compiledModule } from './compiledModule.ts'
import { EXACT } from '../graph/exact.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'
import { programOf } from './programOf.ts'

/**
 * The graph as a WebAssembly module.
 *
 * @param unroll whether what is small is written out.
 * @param isFused whether products may be added with one rounding, where the engine can: results then differ by engine.
 * @param reproducible whether results are the same bits in every engine.
 * @throws UnsupportedError if they are to be, and operations are called whose results are not.
 */
export function wasmProgram(
  { graph, inputs, outputs }: Traced,
  precision: Precision,
  unroll: boolean,
  reason: string,
  isFused = false,
  reproducible = false,
): Program {
  const nodes = needed(outputs)
  // Inputs that nothing reads, and outputs that are inputs, have their places, too.
  const module = compiledModule(
    precision,
    unroll,
    [...inputs, ...outputs],
    ({ lowered }) => [{ name: 'run', statements: lowered(nodes, outputs, new Set(inputs)) }],
    isFused,
    reproducible,
  )
  if (reproducible) checkExact(module.explanation.called)
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

/** @throws UnsupportedError for operations that JavaScript computes, and not every engine to the same bits. */
function checkExact(called: readonly string[]): void {
  const open = called.filter((op) => !EXACT.has(op))
  if (open.length === 0) return
  throw new UnsupportedError(
    `compile: with reproducible: true, ${open.join(', ')} cannot be computed: JavaScript is called for it, and engines differ in ` +
      'the last bits: compute it outside of the function and pass the result as an argument',
  )
}
