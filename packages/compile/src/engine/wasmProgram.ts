import { unroll } from '../lower/unroll.ts'
import type { Traced } from '../trace/trace.ts'
import { functionBody } from '../wasm/functionBody.ts'
import { lanes, type Precision } from '../wasm/lanes.ts'
import { wasmModule } from '../wasm/wasmModule.ts'
import { Calls } from './calls.ts'
import { Layout } from './layout.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'

const PAGE = 65_536

/** The graph as one WebAssembly function without loops. */
export function wasmProgram(
  { graph, inputs, outputs }: Traced,
  precision: Precision,
  reason: string,
): Program {
  const l = lanes(precision, false)
  const layout = new Layout(l)
  const calls = new Calls(precision, (node) => layout.view(memory.buffer, node))
  const nodes = needed(outputs)
  const statements = unroll(nodes, outputs, {
    lanes: l,
    address: (node) => layout.address(node),
    functionOf: (node) => calls.functionOf(node),
    kernelOf: (node) => calls.kernelOf(node),
  })
  // Inputs that nothing reads, and outputs that are inputs, have their places, too.
  for (const node of [...inputs, ...outputs]) layout.address(node)
  const pages = Math.ceil(layout.bytes / PAGE)
  const run = { name: 'run', parameters: [], results: [], body: functionBody(statements) }
  const bytes = wasmModule(calls.imported, [run], pages)
  const memory = new WebAssembly.Memory({ initial: pages })
  const module = new WebAssembly.Module(bytes as BufferSource)
  const imports = { env: { memory, ...calls.functions } as WebAssembly.ModuleImports }
  const compiled = new WebAssembly.Instance(module, imports).exports['run'] as () => void
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
