import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * What a worker runs, as one script.
 *
 * @param path of its module below src.
 */
export async function bundledWorker(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../src', path)],
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
