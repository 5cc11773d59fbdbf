import { choose } from '../choice/choose.ts'
import { taskOf } from '../choice/taskOf.ts'
import type { Explanation } from '../compiled/explain.ts'
import { checkBound } from '../loop/checkBound.ts'
import { settled } from '../loop/settled.ts'
import type { OnnxRuntimeOptions } from '../onnxEngine/runtime.ts'
import type { Traced } from '../trace/trace.ts'
import { checkOnnx } from './checkOnnx.ts'
import type { Program } from './program.ts'
import { programOfSettled } from './programFor.ts'
import { withFallBack } from './withFallBack.ts'

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
  { engine, onnx }: { readonly engine: 'onnx' | 'auto'; readonly onnx?: OnnxRuntimeOptions },
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
  const { isOnnx, reason, estimates } = choose(taskOf(program), graph)
  const inWasm = (why: string): AsyncProgram => {
    const { explanation, run } = programOfSettled(program, 'auto')
    return {
      explanation: { ...explanation, reason: `${explanation.reason}: ${why}`, estimates },
      run: async (inputs) => run(inputs),
      dispose: async () => {},
    }
  }
  if (!isOnnx) return inWasm(reason)
  return withFallBack(
    async () => {
      const own = await made(reason)
      return { ...own, explanation: { ...own.explanation, estimates } }
    },
    inWasm,
    reason,
    estimates,
  )
}
