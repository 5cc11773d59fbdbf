import { loadRuntime, type RuntimeName } from './loadRuntime.ts'
import type {
  OnnxData,
  OnnxRuntimeOptions,
  OnnxRuntime,
  OnnxTensor,
  OnnxType,
  OnnxValues,
} from './runtime.ts'
import { runtimeError } from './runtimeError.ts'
import { turns, type Turns } from './turns.ts'

/** More threads than this wait for each other longer than they compute, at the sizes that models have. */
const MOST_THREADS = 8

/** What it would write to the console: warnings are of its own making, and errors are thrown. */
const QUIET = { logSeverityLevel: 4 } as const

/** A model that ONNX Runtime has made ready to run. */
export interface Session {
  tensor(type: OnnxType, data: OnnxData, shape: readonly number[]): OnnxTensor
  /**
   * Runs wait for those before.
   *
   * @throws DomainError for an index out of bounds; UnsupportedError where memory is short, or the runtime refuses.
   */
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
  // Where it cannot have several it has one, and complains if it is told.
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean }
  if (!isNode && threads !== undefined && crossOriginIsolated !== false) runtime.env.wasm.numThreads = threads
  const after = turnsOf(runtime, isNode)
  const asked = {
    ...(executionProviders && { executionProviders }),
    ...(isNode && { intraOpNumThreads: threads ?? cores(), interOpNumThreads: 1 }),
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: true,
    ...QUIET,
  }
  const session = await after(() => made(name, runtime, model, asked))
  let released: Promise<void> | undefined
  const release = (): Promise<void> => (released ??= after(() => session.release()))
  return freed(release, {
    tensor: (type, data, shape) => new runtime.Tensor(type, data, shape),
    run: (feeds) =>
      after(async () => {
        try {
          return await session.run(feeds, QUIET)
        } catch (cause) {
          throw runtimeError(cause, 'run')
        }
      }),
    release,
  })
}

const known = new WeakMap<OnnxRuntime, Turns>()

/** Sessions of `onnxruntime-web` have one module, in which one may be under way: on graphics a second one is an error. */
function turnsOf(runtime: OnnxRuntime, isNode: boolean): Turns {
  if (isNode) return turns()
  const own = known.get(runtime) ?? turns()
  known.set(runtime, own)
  return own
}

const dropped = new FinalizationRegistry<() => Promise<void>>((release) => void release().catch(() => {}))

/** A session that is released when nobody has it any more: in browsers its memory is the runtime's, which keeps it else. */
function freed(release: () => Promise<void>, session: Session): Session {
  dropped.register(session, release)
  return session
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
    const { executionProviders } = options
    const asked = executionProviders ? ` with executionProviders ${JSON.stringify(executionProviders)}` : ''
    throw runtimeError(cause, `make a session of ${name}${asked}`, asked !== '')
  }
}

function cores(): number {
  const { availableParallelism } = process.getBuiltinModule('node:os')
  return Math.min(availableParallelism(), MOST_THREADS)
}
