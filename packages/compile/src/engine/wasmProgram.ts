import { UnsupportedError } from '@variate/core'
import { withSteps } from '../loop/results.ts'
import type { Settled } from '../loop/settled.ts'
import { compiledModule } from './compiledModule.ts'
import { passCounts } from './passCounts.ts'
import { EXACT } from '../graph/exact.ts'
import type { Program } from './program.ts'
import { programOf } from './programOf.ts'

/**
 * The graph as a WebAssembly module.
 *
 * @throws UnsupportedError if results are to be the same bits in every engine, and operations are called of which they are not.
 */
export function wasmProgram({ graph, inputs, outputs, nodes }: Settled, reason: string): Program {
  // Inputs that nothing reads, and outputs that are inputs, have their places, too.
  const module = compiledModule(graph, [...inputs, ...outputs], ({ lowered }) => [
    { name: 'run', statements: lowered(nodes, outputs, new Set(inputs)) },
  ])
  if (graph.reproducible) checkExact(module.explanation.called)
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

/** @throws UnsupportedError for operations that JavaScript computes, and not every engine to the same bits. */
function checkExact(called: readonly string[]): void {
  const open = called.filter((op) => !EXACT.has(op))
  if (open.length === 0) return
  throw new UnsupportedError(
    `compile: with reproducible: true, ${open.join(', ')} cannot be computed: JavaScript is called for it, and engines differ in ` +
      'the last bits: compute it outside of the function and pass the result as an argument',
  )
}
