import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll } from 'vitest'

/** A module of the tests as one file that Node runs as it is, with TensorFlow.js in it and no backend of its own accord. */
export function bundledFile(entry: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'variate-bundled-'))
  const outfile = join(folder, 'bundled.cjs')
  beforeAll(async () => {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      conditions: ['@variate/source'],
      // Of the builds of TensorFlow.js the one whose parts share one core.
      mainFields: ['module', 'main'],
      logLevel: 'error',
    })
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  return outfile
}
