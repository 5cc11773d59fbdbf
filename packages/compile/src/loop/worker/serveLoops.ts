import { serve, type Port } from './serve.ts'

/** What is there in Node alone, and in workers of browsers alone. */
interface Globals extends Port {
  readonly process?: { getBuiltinModule?(name: string): { readonly parentPort: Port | null } }
}

/**
 * Makes a worker one that goes the steps of a run: for files of their own, whose workers `runLoop` is given by its option
 * `worker`, where a Content Security Policy refuses those that `worker: true` starts.
 *
 * @example
 * ```ts no-run
 * // loopWorker.ts
 * import { serveLoops } from '@variate/compile'
 *
 * serveLoops()
 * ```
 */
export function serveLoops(): void {
  const globals = globalThis as unknown as Globals
  const isOfTheWeb = typeof globals.postMessage === 'function'
  const port = isOfTheWeb ? globals : globals.process?.getBuiltinModule?.('node:worker_threads').parentPort
  serve(port!)
}
