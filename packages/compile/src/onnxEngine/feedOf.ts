import { compiledModule, type CompiledModule } from '../engine/compiledModule.ts'
import { viewOf } from '../engine/instantiate.ts'
import { threadsFor } from '../engine/threads/threadsFor.ts'
import type { Settings } from '../graph/settings.ts'
import { sizeOf, type Node } from '../graph/node.ts'
import type { OnnxData, OnnxRuntimeOptions } from './runtime.ts'

/** What computes tensors in WebAssembly that ONNX Runtime is given. */
export interface Feed {
  readonly explanation: CompiledModule['explanation']
  /** Whether it reads a node that is given to it. */
  reads(node: Node): boolean
  /** Gives it the elements of a node. */
  set(node: Node, data: ArrayLike<number>): void
  /** Computes. */
  run(): void
  /** Puts the elements of a node, as they were computed last, into an array from some element on. */
  take(node: Node, to: OnnxData, at: number): void
}

/**
 * The nodes before a cut as a WebAssembly module.
 *
 * @param inputs that they may read.
 * @param options whose `threads` these have as well: while they compute, ONNX Runtime does not.
 */
export function feedOf(
  settings: Settings,
  before: readonly Node[],
  handed: readonly Node[],
  inputs: readonly Node[],
  options: Pick<OnnxRuntimeOptions, 'threads'> = {},
): Feed {
  const reached = new Set([...before.flatMap((node) => node.inputs), ...handed])
  const own = inputs.filter((node) => reached.has(node))
  const threads = threadsFor(options.threads ?? 'auto', 'onnx')
  const module = compiledModule({ ...settings, threads }, [...own, ...handed], ({ lowered }) => [
    { name: 'run', statements: lowered(before, handed, new Set(own)) },
  ])
  const { functions, memory } = module.instance
  const views = new Map(
    [...own, ...handed].map((node) => [node, viewOf(memory, settings.precision, module.place(node))]),
  )
  return {
    explanation: module.explanation,
    reads: (node) => own.includes(node),
    set: (node, data) => views.get(node)!.set(data),
    run: () => functions['run']!(),
    take: (node, to, at) => to.subarray(at, at + sizeOf(node.shape)).set(views.get(node)!),
  }
}
