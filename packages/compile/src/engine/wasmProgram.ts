import { tensor, type DataType } from '@tensorflow/tfjs-core'
import { runKernel, type TensorValues, type Values } from '@variate/core/ops'
import { sizeOf, type Node } from '../graph/node.ts'
import { unroll, type Environment } from '../lower/unroll.ts'
import { countUses, FunctionBody } from '../wasm/functionBody.ts'
import { lanes, type Precision } from '../wasm/lanes.ts'
import { F64 } from '../wasm/value.ts'
import { wasmModule, type ImportedFunction } from '../wasm/wasmModule.ts'
import type { Traced } from '../trace/trace.ts'

const PAGE = 65_536

export interface WasmProgram {
  run(inputs: readonly ArrayLike<number>[]): readonly (Float32Array | Float64Array | Int32Array)[]
}

/** The nodes that the outputs need, inputs before what is computed of them. */
export function needed(outputs: readonly Node[]): readonly Node[] {
  const found = new Set<Node>()
  const stack = [...outputs]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (found.has(node)) continue
    found.add(node)
    stack.push(...node.inputs)
  }
  return [...found].toSorted((a, b) => a.id - b.id)
}

export function wasmProgram({ inputs, outputs }: Traced, precision: Precision): WasmProgram {
  const l = lanes(precision, false)
  const nodes = needed(outputs)
  let end = 16
  const addresses = new Map<Node, number>()
  const address = (node: Node): number => {
    const known = addresses.get(node)
    if (known !== undefined) return known
    const at = end
    end += Math.ceil((sizeOf(node.shape) * (node.dtype === 'int32' ? 4 : l.bytes)) / 16) * 16
    addresses.set(node, at)
    return at
  }
  for (const node of inputs) address(node)
  const imported: ImportedFunction[] = []
  const functions: Record<string, unknown> = {}
  const scalars = new Map<string, number>()
  const environment: Environment = {
    lanes: l,
    address,
    functionOf: (node) => {
      const known = scalars.get(node.op)
      if (known !== undefined) return known
      const { f } = node.kernel!.elementwise!
      const arity = (node.attributes['constants'] as readonly unknown[]).length
      const name = `f${imported.length}`
      functions[name] = f
      scalars.set(node.op, imported.length)
      return imported.push({ name, parameters: Array(arity).fill(F64), results: [F64] }) - 1
    },
    kernelOf: (node) => {
      const name = `k${imported.length}`
      functions[name] = () => computeInMemory(node)
      return imported.push({ name, parameters: [], results: [] }) - 1
    },
  }
  const statements = unroll(nodes, outputs, environment)
  const body = new FunctionBody(0)
  const shared = countUses(statements.flatMap(({ args }) => args))
  for (const { code, args } of statements) body.push(args, shared).emit(...code)
  for (const output of outputs) address(output)
  const pages = Math.ceil(end / PAGE)
  const bytes = wasmModule(imported, [{ name: 'run', parameters: [], results: [], body: body.finish() }], pages)
  const memory = new WebAssembly.Memory({ initial: pages })
  const module = new WebAssembly.Module(bytes as BufferSource)
  const { exports } = new WebAssembly.Instance(module, { env: { memory, ...functions } as WebAssembly.ModuleImports })
  const viewOf = (node: Node): Float32Array | Float64Array | Int32Array => {
    const type = node.dtype === 'int32' ? Int32Array : l.isDouble ? Float64Array : Float32Array
    return new type(memory.buffer, address(node), sizeOf(node.shape))
  }
  function computeInMemory(node: Node): void {
    const values = node.inputs.map((x): Values => ({ data: viewOf(x) as TensorValues, shape: x.shape, dtype: x.dtype }))
    const computed = node.kernel!.compute?.(values, node.attributes)
    if (computed) return viewOf(node).set(computed.data)
    const tensors = values.map(({ data, shape, dtype }) => tensor(data as Float32Array, [...shape], dtype as DataType))
    viewOf(node).set(runKernel(`variate.${node.op}`, node.kernel!, tensors, node.attributes).dataSync())
  }
  const views = inputs.map(viewOf)
  const results = outputs.map(viewOf)
  const run = exports['run'] as () => void
  return {
    run: (given) => {
      for (const [i, x] of given.entries()) views[i]!.set(x)
      run()
      return results.map((view) => view.slice())
    },
  }
}
