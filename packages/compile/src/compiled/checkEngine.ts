import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Engine } from '../engine/programFor.ts'
import { MOST_THREADS } from '../engine/threads/board.ts'
import type { OnnxRuntimeOptions } from '../onnxEngine/runtime.ts'

const ENGINES: readonly Engine[] = ['auto', 'wasm', 'eager', 'onnx']

/**
 * Whether there is the engine that is asked for, and ONNX Runtime can be used as it is told to.
 *
 * @param who names the function in errors.
 * @throws DomainError if not.
 */
export function checkEngine(
  engine: Engine | undefined,
  onnx: OnnxRuntimeOptions | undefined,
  who: string,
): void {
  if (engine !== undefined && !ENGINES.includes(engine))
    throw new DomainError(`${who}: engine must be one of ${ENGINES.join(', ')}, got ${shown(engine)}`)
  if (onnx === undefined) return
  if (typeof onnx !== 'object' || onnx === null)
    throw new DomainError(`${who}: onnx must be a record of options, got ${shown(onnx)}`)
  const { threads, executionProviders } = onnx
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) {
    throw new DomainError(
      `${who}: onnx.threads must be a whole number from 1 to ${MOST_THREADS}, got ${shown(threads)}`,
    )
  }
  const isList =
    Array.isArray(executionProviders) && executionProviders.every((name) => typeof name === 'string' && name)
  if (executionProviders === undefined || isList) return
  throw new DomainError(
    `${who}: onnx.executionProviders must be a list of names, such as ['cpu'], got ${shown(executionProviders)}`,
  )
}
