import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll } from 'vitest'

/** A module of the tests as one file that Node runs as it is, with TensorFlow.js in it. */
export function bundledFile(entry: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'variate-bundled-'))
  const outfile = join(folder, 'bundled.mjs')
  beforeAll(async () => {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@variate/source'],
      // Of the builds of TensorFlow.js the one whose parts share one core.
      mainFields: ['module', 'main'],
      // What is in CommonJS asks for modules of Node.
      banner: {
        js: "import { createRequire as requiring } from 'node:module'; const require = requiring(import.meta.url);",
      },
      logLevel: 'error',
    })
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  return outfile
}
