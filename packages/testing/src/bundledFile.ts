import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { bundle } from './bundle.ts'

/** A module of the tests as one file that Node runs as it is, with TensorFlow.js in it. */
export function bundledFile(entry: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'variate-bundled-'))
  const outfile = join(folder, 'bundled.mjs')
  beforeAll(() => bundle(entry, outfile))
  afterAll(() => rmSync(folder, { recursive: true }))
  return outfile
}
