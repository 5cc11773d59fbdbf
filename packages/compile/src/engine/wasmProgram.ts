import { unroll } from '../lower/unroll.ts'
import type { Traced } from '../trace/trace.ts'
import { lanes, type Precision } from '../wasm/lanes.ts'
import { hasRelaxedSimd } from '../wasm/relaxed.ts'
import { wasmModule } from '../wasm/wasmModule.ts'
import { Calls } from './calls.ts'
import { exported, Functions } from './functions.ts'
import { Layout } from './layout.ts'
import { needed } from './needed.ts'
import type { Program } from './program.ts'

const PAGE = 65_536

/** Vectors that begin in a tensor may be read, also where they end behind it. */
const VECTOR = 16

/**
 * The graph as a WebAssembly module.
 *
 * @param isFused whether products may be added with one rounding, where the engine can: results then differ by engine.
 */
export function wasmProgram(
  { graph, inputs, outputs }: Traced,
  precision: Precision,
  reason: string,
  isFused = false,
): Program {
  const layout = new Layout(lanes(precision, false))
  const calls = new Calls(precision, (node) => layout.view(memory.buffer, node))
  const functions = new Functions(() => calls.imported.length)
  const nodes = needed(outputs)
  const statements = unroll(nodes, outputs, {
    lanes: lanes(precision, false),
    vectors: lanes(precision, true),
    address: (node) => layout.address(node),
    room: (bytes) => layout.room(bytes),
    functionOf: (node) => calls.functionOf(node),
    kernelOf: (node, isRare) => calls.kernelOf(node, isRare),
    fused: isFused && hasRelaxedSimd(),
    define: (body, parameters) => functions.define(body, parameters),
  })
  // Inputs that nothing reads, and outputs that are inputs, have their places, too.
  for (const node of [...inputs, ...outputs]) layout.address(node)
  const pages = Math.ceil((layout.bytes + VECTOR) / PAGE)
  const bytes = wasmModule(calls.imported, [...functions.bodies(), exported('run', statements)], pages)
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
