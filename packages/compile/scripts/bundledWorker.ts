import { join } from 'node:path'
import { build } from 'esbuild'

/** What a worker runs, as one script. */
export async function bundledWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../src/loop/worker/loopWorker.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    conditions: ['@variate/source'],
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0]!.text.trim()
}
