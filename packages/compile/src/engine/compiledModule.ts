import { UnsupportedError } from '@variate/core'
import type { Explanation, ProgramPiece } from '../compiled/explain.ts'
import { elementOf, type Node } from '../graph/node.ts'
import type { Target } from '../lower/target.ts'
import { lowerProgram } from '../lower/lowerProgram.ts'
import { unsigned } from '../wasm/encode.ts'
import { lanes, type Precision } from '../wasm/lanes.ts'
import type { Statement, Variable } from '../wasm/statement.ts'
import { hasRelaxedSimd } from '../wasm/relaxed.ts'
import { F64, value } from '../wasm/value.ts'
import { wasmModule } from '../wasm/wasmModule.ts'
import { Calls } from './calls.ts'
import { exported, Functions } from './functions.ts'
import { Layout } from './layout.ts'

const PAGE = 65_536
/** Vectors that begin in a tensor may be read, also where they end behind it. */
const VECTOR = 16
/** Of a memory with addresses of 32 bits. */
const MOST_PAGES = 65_536

/** A function that a module exports. */
export interface Exported {
  readonly name: string
  readonly parameters?: readonly Variable[]
  readonly statements: readonly Statement[]
}

type View = Float32Array | Float64Array | Int32Array

export interface CompiledModule {
  /** The exported functions, by name. */
  readonly functions: Readonly<Record<string, (...args: number[]) => void>>
  readonly explanation: Pick<Explanation, 'engine' | 'pieces' | 'called' | 'codeBytes' | 'memoryBytes'>
  /** A node's elements in memory. */
  view(node: Node): View
}

/**
 * Code as a WebAssembly module with memory of its own, in which some nodes have their places in any case.
 *
 * @param unroll whether what is small is written out.
 * @param isFused whether products may be added with one rounding, where the engine can: results then differ by engine.
 * @throws UnsupportedError for more memory than there are addresses.
 */
export function compiledModule(
  precision: Precision,
  unroll: boolean,
  placed: readonly Node[],
  code: (target: Target) => readonly Exported[],
  isFused = false,
): CompiledModule {
  const layout = new Layout(lanes(precision, false))
  const calls = new Calls(precision, (node) => layout.view(memory.buffer, node))
  const functions = new Functions(() => calls.imported.length)
  const pieces: ProgramPiece[] = []
  const target: Target = {
    lanes: lanes(precision, false),
    vectors: lanes(precision, true),
    address: (node) => layout.address(node),
    bytesOf: layout.bytesOf,
    room: (bytes) => layout.room(bytes),
    callOf: (node, args) =>
      functions.callOf(node.op, args) ?? value(F64, [0x10, ...unsigned(calls.functionOf(node))], args),
    kernelOf: (node, isRare) => calls.kernelOf(node, isRare),
    canLieAt: (node, of) => layout.canLieAt(node, of),
    alias: (node, of) => layout.alias(node, of),
    tell: (piece) => pieces.push(piece),
    lowered: (nodes, outputs, given) => lowerProgram(nodes, outputs, target, unroll, given),
    fused: isFused && hasRelaxedSimd(),
    define: (body, parameters) => functions.define(body, parameters),
  }
  const own = code(target)
  for (const node of placed) layout.address(node)
  const pages = Math.ceil((layout.bytes + VECTOR) / PAGE)
  if (pages > MOST_PAGES) {
    throw new UnsupportedError(
      `compile: tensors take ${(layout.bytes / 2 ** 30).toFixed(1)} GiB, a program has 4: make them smaller, or collect less often`,
    )
  }
  const defined = own.map(({ name, statements, parameters }) => exported(name, statements, parameters))
  const bytes = wasmModule(calls.imported, [...functions.bodies(), ...defined], pages)
  const memory = new WebAssembly.Memory({ initial: pages })
  const module = new WebAssembly.Module(bytes as BufferSource)
  const imports = { env: { memory, ...calls.functions } as WebAssembly.ModuleImports }
  // Constants that loops read: those that code holds have no place in memory.
  for (const node of layout.nodes()) {
    if (node.op !== 'constant') continue
    const view = layout.view(memory.buffer, node)
    for (let i = 0; i < view.length; i++) view[i] = elementOf(node, i)
  }
  return {
    functions: new WebAssembly.Instance(module, imports).exports as CompiledModule['functions'],
    explanation: {
      engine: 'wasm',
      called: calls.ops,
      pieces,
      codeBytes: bytes.length,
      memoryBytes: layout.bytes,
    },
    view: (node) => layout.view(memory.buffer, node),
  }
}
