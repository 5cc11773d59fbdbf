import { UnsupportedError } from '@variate/core'
import { choose } from '../choice/choose.ts'
import { taskOfLoop } from '../choice/taskOf.ts'
import { checkBound } from '../loop/checkBound.ts'
import type { LoopProgram } from '../loop/loopProgram.ts'
import { settled } from '../loop/settled.ts'
import type { OnnxRuntimeOptions } from '../onnxEngine/runtime.ts'
import type { Traced } from '../trace/trace.ts'
import { byChoice } from './byChoice.ts'
import { checkOnnx } from './checkOnnx.ts'
import { loopProgramFor, type Engine } from './programFor.ts'

/** How a loop is asked to run. */
export interface LoopFor {
  readonly engine?: Engine | undefined
  readonly onnx?: OnnxRuntimeOptions | undefined
  /** Whether in a worker, which has WebAssembly alone. */
  readonly worker?: unknown
  /** Whether the state must be finite. */
  readonly finite?: boolean | undefined
}

/**
 * The loop that all results of a program are those of, on the engine that is asked for or on the one that suits it: a promise
 * where that is ONNX Runtime, which is loaded.
 *
 * @throws UnsupportedError for what the engine cannot do.
 */
export function loopFor(
  traced: Traced,
  { engine = 'auto', onnx, worker, finite = false }: LoopFor,
): LoopProgram | Promise<LoopProgram> {
  const program = settled(traced)
  const { graph, nodes } = program
  if (engine === 'wasm' || engine === 'eager' || (engine === 'auto' && worker))
    return loopProgramFor(program, engine)
  checkBound(nodes)
  const made = async (reason: string): Promise<LoopProgram> => {
    const { onnxLoop } = await import('../onnxEngine/onnxLoop.ts')
    // NaN in the place of an error is no engine's to choose, but where it is looked for.
    return onnxLoop(program, reason, onnx, engine === 'auto' && !finite)
  }
  if (engine === 'onnx') {
    checkOnnx(graph, 'runLoop')
    if (!worker) return made('asked for')
    throw new UnsupportedError(
      "runLoop: with worker: true the steps must be WebAssembly alone, and engine is 'onnx', which has threads of its own: leave one " +
        'of them out',
    )
  }
  return byChoice(choose(taskOfLoop(program), graph), made, () => loopProgramFor(program, 'auto'))
}
