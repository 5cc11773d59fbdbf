import { lowerProgram } from '../lower/lowerProgram.ts'
import type { Target } from '../lower/target.ts'
import { elementOf } from '../graph/node.ts'
import type { Traced } from '../trace/trace.ts'
import { lanes, type Precision } from '../wasm/lanes.ts'
import { wasmModule } from '../wasm/wasmModule.ts'
import { Calls } from './calls.ts'
import { exported, Functions } from './functions.ts'
import { Layout } from './layout.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'

const PAGE = 65_536

/** The graph as a WebAssembly module. */
export function wasmProgram(
  { graph, inputs, outputs }: Traced,
  precision: Precision,
  unroll: boolean,
  reason: string,
): Program {
  const layout = new Layout(lanes(precision, false))
  const calls = new Calls(precision, (node) => layout.view(memory.buffer, node))
  const functions = new Functions(() => calls.imported.length)
  const nodes = needed(outputs)
  const target: Target = {
    lanes: lanes(precision, false),
    vectors: lanes(precision, true),
    address: (node) => layout.address(node),
    alias: (node, of) => layout.alias(node, of),
    room: (bytes) => layout.room(bytes),
    functionOf: (node) => calls.functionOf(node),
    kernelOf: (node) => calls.kernelOf(node),
    define: (body) => functions.define(body),
  }
  const statements = lowerProgram(nodes, outputs, target, unroll)
  // Inputs that nothing reads, and outputs that are inputs, have their places, too.
  for (const node of [...inputs, ...outputs]) layout.address(node)
  const pages = Math.ceil(layout.bytes / PAGE)
  const bytes = wasmModule(calls.imported, [...functions.bodies(), exported('run', statements)], pages)
  const memory = new WebAssembly.Memory({ initial: pages })
  const module = new WebAssembly.Module(bytes as BufferSource)
  const imports = { env: { memory, ...calls.functions } as WebAssembly.ModuleImports }
  const compiled = new WebAssembly.Instance(module, imports).exports['run'] as () => void
  // Constants that loops read: those that code holds have no place in memory.
  for (const node of nodes) {
    if (node.op === 'constant' && layout.has(node)) {
      const view = layout.view(memory.buffer, node)
      for (let i = 0; i < view.length; i++) view[i] = elementOf(node, i)
    }
  }
  const given = inputs.map((node) => layout.view(memory.buffer, node))
  const results = outputs.map((node) => layout.view(memory.buffer, node))
  return {
    explanation: {
      engine: 'wasm',
      reason,
      recorded: graph.nodes.length,
      needed: nodes.length,
      called: calls.ops,
      codeBytes: bytes.length,
      memoryBytes: layout.bytes,
    },
    run: (data) => {
      for (const [i, x] of data.entries()) given[i]!.set(x)
      compiled()
      return results.map((view) => view.slice())
    },
  }
}
