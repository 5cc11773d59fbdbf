import { UnsupportedError } from '@variate/core'
import { loadRuntime, type RuntimeName } from './loadRuntime.ts'
import type {
  OnnxData,
  OnnxRuntimeOptions,
  OnnxRuntime,
  OnnxTensor,
  OnnxType,
  OnnxValues,
} from './runtime.ts'

/** More threads than this wait for each other longer than they compute, at the sizes that models have. */
const MOST_THREADS = 8

/** A model that ONNX Runtime has made ready to run. */
export interface Session {
  readonly name: RuntimeName
  tensor(type: OnnxType, data: OnnxData, shape: readonly number[]): OnnxTensor
  /** Runs wait for those before. @throws UnsupportedError where memory is short, or the runtime refuses. */
  run(feeds: OnnxValues): Promise<OnnxValues>
  /** Lets go of it, when what it runs has ended. */
  release(): Promise<void>
}

/**
 * A session of a model.
 *
 * @throws UnsupportedError where there is no ONNX Runtime, and where it does not take the model or has not the memory.
 */
export async function sessionOf(model: Uint8Array, options: OnnxRuntimeOptions = {}): Promise<Session> {
  const { name, runtime } = await loadRuntime(options)
  const { executionProviders, threads } = options
  const isNode = name === 'onnxruntime-node'
  if (!isNode && threads !== undefined) runtime.env.wasm.numThreads = threads
  const session = await made(name, runtime, model, {
    ...(executionProviders && { executionProviders }),
    ...(isNode && { intraOpNumThreads: threads ?? cores(), interOpNumThreads: 1 }),
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: true,
    logSeverityLevel: 3, // warnings are of its own making
  })
  let last: Promise<unknown> = Promise.resolve()
  let released: Promise<void> | undefined
  const after = <T>(f: () => Promise<T>): Promise<T> => {
    const next = last.then(f)
    last = next.catch(() => {})
    return next
  }
  return {
    name,
    tensor: (type, data, shape) => new runtime.Tensor(type, data, shape),
    run: (feeds) =>
      after(async () => {
        try {
          return await session.run(feeds)
        } catch (cause) {
          throw runtimeError(cause, 'run')
        }
      }),
    release: () => (released ??= after(() => session.release())),
  }
}

async function made(
  name: RuntimeName,
  { InferenceSession }: OnnxRuntime,
  model: Uint8Array,
  options: Readonly<Record<string, unknown>>,
) {
  try {
    return await InferenceSession.create(model, options)
  } catch (cause) {
    throw runtimeError(cause, `make a session of ${name}`)
  }
}

/** What the runtime threw, as an error that says what to do. */
function runtimeError(cause: unknown, what: string): UnsupportedError {
  const told = String((cause as Error)?.message ?? cause).split('\n')[0]!
  const isMemory =
    /alloc|out of memory|memory access|array length|buffer size/i.test(told) || cause instanceof RangeError
  const advice = isMemory
    ? "there is not the memory: make tensors or batches smaller, collect less often, or use engine 'wasm'"
    : "use engine 'wasm', and tell us of it"
  return new UnsupportedError(`onnx: ONNX Runtime cannot ${what} (${told}): ${advice}`, { cause })
}

function cores(): number {
  const { availableParallelism } = process.getBuiltinModule('node:os')
  return Math.min(availableParallelism(), MOST_THREADS)
}
