import { UnsupportedError } from '@variate/core'
import type { OnnxRuntimeOptions, OnnxRuntime } from './runtime.ts'

/** The versions that are known to have what models need: those of the peers in package.json. */
const [MAJOR, LEAST_MINOR] = [1, 22]

export type RuntimeName = 'onnxruntime-node' | 'onnxruntime-web'

export interface LoadedRuntime {
  readonly name: RuntimeName
  readonly runtime: OnnxRuntime
}

type Found = LoadedRuntime | { readonly name: RuntimeName; readonly cause: unknown }

const found = new Map<string, Promise<Found>>()

/**
 * ONNX Runtime, loaded when it is first asked for: in Node `onnxruntime-node`, and where there is none `onnxruntime-web`; elsewhere
 * `onnxruntime-web`.
 *
 * @throws UnsupportedError where there is none, it does not load, or it is of another major version: it says what to install.
 */
export async function loadRuntime({
  executionProviders = [],
}: OnnxRuntimeOptions = {}): Promise<LoadedRuntime> {
  const onGraphics = executionProviders.some((name) => name !== 'wasm' && name !== 'cpu')
  const loaders = isNode()
    ? ([['onnxruntime-node', nodeRuntime], WHOLE] as const)
    : ([onGraphics ? WHOLE : SMALL] as const)
  const failed: { readonly name: RuntimeName; readonly cause: unknown }[] = []
  for (const [name, load] of loaders) {
    const key = `${name} ${onGraphics}`
    const known = found.get(key) ?? attempt(name, load)
    found.set(key, known)
    const one = await known
    if ('runtime' in one) return one
    failed.push(one)
    // A page may get tomorrow what it does not today.
    if (!isMissing(one.cause)) found.delete(key)
  }
  throw failure(failed)
}

function isNode(): boolean {
  return globalThis.process?.versions?.node !== undefined
}

const SMALL = ['onnxruntime-web', smallRuntime] as const
const WHOLE = ['onnxruntime-web', wholeRuntime] as const

async function attempt(name: RuntimeName, load: () => Promise<unknown>): Promise<Found> {
  try {
    const module = (await load()) as OnnxRuntime & { readonly default?: OnnxRuntime }
    const runtime = module.InferenceSession ? module : module.default!
    checkVersion(name, runtime.env.versions?.common ?? 'before 1.17')
    return { name, runtime }
  } catch (cause) {
    return { name, cause }
  }
}

/** Not told to bundlers, for it is a library of machine code: what runs in Node finds it where it is installed. */
function nodeRuntime(): Promise<unknown> {
  const name: RuntimeName = 'onnxruntime-node'
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name)
}

/** What has WebAssembly alone, in browsers. Told to bundlers, which let what is tried be missing. */
async function smallRuntime(): Promise<unknown> {
  try {
    return await import('onnxruntime-web/wasm')
  } catch (error) {
    throw error as Error
  }
}

/** What has graphics, too; it is this one that is made for Node as well. */
async function wholeRuntime(): Promise<unknown> {
  try {
    return await import('onnxruntime-web')
  } catch (error) {
    throw error as Error
  }
}

function checkVersion(name: RuntimeName, version: string): void {
  const [major, minor] = version.split('.').map(Number) as [number, number]
  if (major === MAJOR && minor >= LEAST_MINOR) return
  throw new UnsupportedError(
    `version ${version} is installed, and models are for ${MAJOR}.${LEAST_MINOR} and later versions of major ${MAJOR}: npm install ` +
      `${name}@${MAJOR}`,
  )
}

/** The error for runtimes that did not load. */
function failure(
  failed: readonly { readonly name: RuntimeName; readonly cause: unknown }[],
): UnsupportedError {
  const installed = failed.find(({ cause }) => !isMissing(cause)) ?? failed[0]!
  const { name, cause } = installed
  const why = isMissing(cause)
    ? `${name} is not installed: npm install ${name}`
    : cause instanceof UnsupportedError
      ? `of ${name} ${cause.message}`
      : `${name} is installed but does not load (${String((cause as Error)?.message ?? cause).split('\n')[0]}): ` +
        (isNode() ? 'install it again, for this platform' : 'its files must be where the page looks for them')
  return new UnsupportedError(`onnx: ONNX Runtime cannot be used: ${why}, or use engine 'wasm'`, { cause })
}

/** How Node, bundlers and browsers say that a package is not there: a file of its own that is missing is another matter. */
const MISSING =
  /(Cannot find (package|module)|Could not resolve) ['"]?onnxruntime-|Failed to resolve|bare specifier|does not resolve to a valid URL/

/** Whether an error, or what caused it, is that of a package that is not there. */
function isMissing(error: unknown): boolean {
  const { message = '', cause } = (error ?? {}) as Partial<Error>
  return MISSING.test(message) || (cause !== undefined && isMissing(cause))
}
