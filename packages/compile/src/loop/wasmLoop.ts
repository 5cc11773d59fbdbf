import { canonical } from '../engine/canonical.ts'
import { compiledModule } from '../engine/compiledModule.ts'
import type { View } from '../engine/instantiate.ts'
import { needed } from '../engine/needed.ts'
import { passCounts } from '../engine/passCounts.ts'
import { sizeOf, type Node } from '../graph/node.ts'
import type { Traced } from '../trace/trace.ts'
import { variable } from '../wasm/statement.ts'
import { I32 } from '../wasm/value.ts'
import type { LoopProgram } from './loopProgram.ts'
import { loopOf } from './loopNode.ts'
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
  const { begin, run } = module.instance.functions
  const given = inputs.map((input) => module.view(input))
  const state = carried.map(({ input }) => module.view(input))
  const collected = outputs.slice(carried.length).map((output) => ({
    view: module.view(output),
    size: sizeOf(output.shape.slice(1)),
  }))
  const taken = (view: View, from?: number, to?: number): View => {
    const own = view.slice(from, to)
    return graph.reproducible ? canonical(own) : own
  }
  return {
    explanation: {
      ...module.explanation,
      reason,
      recorded: graph.nodes.length,
      needed: withSteps([...before, node]).length,
      passes: passCounts(graph, [...before, node], module.counts),
    },
    begin: (data) => {
      for (const [i, x] of data.entries()) given[i]!.set(x)
      begin!()
    },
    run: (first, end) => run!(first, end),
    state: () => state.map((view) => taken(view)),
    restore: (data) => {
      for (const [i, x] of data.entries()) state[i]!.set(x)
    },
    rows: (first, end) => collected.map(({ view, size }) => taken(view, first * size, end * size)),
    dispose: () => {},
  }
}
