import { serve, type Port } from './serve.ts'

// What a worker runs. It is bundled into `workerText.ts` by scripts/workerText.ts.

/** What is there in Node alone, and in workers of browsers alone. */
interface Globals extends Port {
  readonly process?: { getBuiltinModule?(name: string): { readonly parentPort: Port | null } }
}

const globals = globalThis as unknown as Globals
serve(globals.process?.getBuiltinModule?.('node:worker_threads')?.parentPort ?? globals)
