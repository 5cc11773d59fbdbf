import { choose } from '../choice/choose.ts'
import { taskOf } from '../choice/taskOf.ts'
import type { Explanation } from '../compiled/explain.ts'
import { checkBound } from '../loop/checkBound.ts'
import { settled } from '../loop/settled.ts'
import type { OnnxRuntimeOptions } from '../onnxEngine/runtime.ts'
import type { Traced } from '../trace/trace.ts'
import { byChoice } from './byChoice.ts'
import { checkOnnx } from './checkOnnx.ts'
import type { Program } from './program.ts'
import { programOfSettled } from './programFor.ts'

/** A program whose results come later. */
export interface AsyncProgram {
  readonly explanation: Explanation
  run(inputs: readonly ArrayLike<number>[]): Promise<ReturnType<Program['run']>>
  /** Lets go of it, when what it runs has ended. */
  dispose(): Promise<void>
}

/**
 * The program in ONNX Runtime, or on the engine that suits it.
 *
 * @throws UnsupportedError for what the engine cannot do.
 */
export async function asyncProgramFor(
  traced: Traced,
  {
    engine,
    onnx,
    calls,
  }: { readonly engine: 'onnx' | 'auto'; readonly onnx?: OnnxRuntimeOptions; readonly calls?: number },
): Promise<AsyncProgram> {
  const program = settled(traced)
  const { graph } = program
  checkBound(program.nodes)
  const made = async (reason: string): Promise<AsyncProgram> => {
    const { onnxProgram } = await import('../onnxEngine/onnxProgram.ts')
    return onnxProgram(program, reason, onnx)
  }
  if (engine === 'onnx') {
    checkOnnx(graph, 'compile')
    return made('asked for')
  }
  return byChoice(choose(taskOf(program, calls), graph), made, () => {
    const { explanation, run } = programOfSettled(program, 'auto')
    return { explanation, run: async (inputs) => run(inputs), dispose: async () => {} }
  })
}
