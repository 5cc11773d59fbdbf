import { UnsupportedError } from '@variate/core'
import type { LoopData, LoopProgram } from '../loopProgram.ts'

/**
 * The program as a worker gets it.
 *
 * @throws UnsupportedError for one that is not WebAssembly alone.
 */
export function loopDataOf({ data, explanation }: LoopProgram): LoopData {
  const { called, reason } = explanation
  if (data && called.length === 0) return data
  const what = data
    ? `call JavaScript for ${called.join(', ')}`
    : `run operation by operation on TensorFlow.js (${reason})`
  const instead = data ? 'compute otherwise what these give' : "set engine 'wasm'"
  throw new UnsupportedError(
    `runLoop: with worker: true the steps must be WebAssembly alone, and they ${what}: leave worker out, the run has pauses then, ` +
      `or ${instead}`,
  )
}
