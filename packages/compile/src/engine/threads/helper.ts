import { BOARD } from './board.ts'
import type { HelperOrder } from './helpers.ts'

/** Where a helper hears what it is told. */
interface Port {
  onmessage: ((event: { readonly data: HelperOrder }) => void) | null
}

/** What is there in Node alone, and in workers of browsers alone. */
interface Globals extends Port {
  readonly postMessage?: unknown
  readonly process?: { getBuiltinModule?(name: string): { readonly parentPort: Port } }
}

/** What a helper does, which is all that its thread does. It is bundled into `helperText.ts` by scripts/workerText.ts. */
function help(port: Port): void {
  const known = new Map<number, (thread: number) => void>()
  port.onmessage = ({ data: order }) => {
    if (order.kind === 'forget') {
      known.delete(order.id)
      return
    }
    const { id, thread, module, memory, board } = order
    let own = known.get(id)
    try {
      own ??= helping(module, memory)
    } catch {
      // It has not the memory for it: others do without, and it stays for programs to come.
      return
    }
    known.set(id, own)
    try {
      own(thread)
    } catch {
      // What it had begun counts as done, and who called hears that it is not.
      const words = new Int32Array(memory.buffer, board)
      Atomics.store(words, BOARD.hasFailed / 4, 1)
      Atomics.store(words, BOARD.helps / 4 + thread, 0)
      Atomics.sub(words, BOARD.pending / 4, 1)
      Atomics.notify(words, BOARD.pending / 4)
    }
  }
}

/** What the module has for helpers. What it imports is called by none of them. */
function helping(module: WebAssembly.Module, memory: WebAssembly.Memory): (thread: number) => void {
  const env: Record<string, WebAssembly.ImportValue> = { memory }
  for (const { name, kind } of WebAssembly.Module.imports(module)) {
    if (kind === 'function') env[name] = () => {}
  }
  const { exports } = new WebAssembly.Instance(module, { env })
  return exports['help'] as (thread: number) => void
}

const globals = globalThis as unknown as Globals
const isOfTheWeb = typeof globals.postMessage === 'function'
help(isOfTheWeb ? globals : globals.process!.getBuiltinModule!('node:worker_threads').parentPort)
