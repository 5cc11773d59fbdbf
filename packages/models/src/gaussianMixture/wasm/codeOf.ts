import { threaded } from '@variate/compile/threads'
import type { Layout } from './layout.ts'
import { mixtureModule, type MixtureFunctions } from './mixtureModule.ts'

/** A module that runs, and its memory. */
export interface Code {
  readonly functions: MixtureFunctions
  readonly memory: WebAssembly.Memory
  /** The E-step for the blocks in panels, with helpers, if the layout is for several threads. */
  readonly pass: (() => void) | undefined
}

/** Whether the engine has refused code: it has no vectors, or a policy forbids it to make any. */
let isRefused = false

/** Bytes that addresses reach which are signed. */
const ADDRESSABLE = 2 ** 31

/** The code for a layout; undefined where the engine makes none, or has not the memory for it. */
export function codeOf(layout: Layout): Code | undefined {
  if (isRefused || typeof WebAssembly === 'undefined' || layout.end > ADDRESSABLE) return undefined
  const isShared = layout.threads > 1
  const { bytes, pages, board } = mixtureModule(layout)
  let module: WebAssembly.Module
  try {
    module = new WebAssembly.Module(bytes as BufferSource)
  } catch {
    // An engine that refuses code for threads may have vectors.
    isRefused = !isShared
    return undefined
  }
  const memory = memoryOf(pages, isShared)
  if (memory === undefined) return undefined
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  const functions = exports as unknown as MixtureFunctions
  if (!isShared) return { functions, memory, pass: undefined }
  const { pass } = exports as unknown as { readonly pass: () => void }
  const helped = threaded(
    { functions: { pass }, memory, module },
    { threads: { count: layout.threads, board } },
  )
  return { functions, memory, pass: helped.functions['pass'] }
}

/** So much memory; undefined where there is none to be had: engines set aside gigabytes of addresses for each. */
function memoryOf(pages: number, isShared: boolean): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory(
      isShared ? { initial: pages, maximum: pages, shared: true } : { initial: pages },
    )
  } catch {
    return undefined
  }
}
