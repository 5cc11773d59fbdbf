import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { afterAll, expect, test } from 'vitest'
import { largeFit } from './largeFit.ts'

const folder = mkdtempSync(join(tmpdir(), 'variate-fit-'))
afterAll(() => rmSync(folder, { recursive: true }))

const WORKER = `
  import { parentPort } from 'node:worker_threads'
  import { largeFit } from './largeFit.ts'
  void largeFit().then((text) => parentPort!.postMessage(text))
`

test('a large fit in a worker, as one file, gives the bits of one here, and lets the worker end', async () => {
  const outfile = join(folder, 'worker.cjs')
  await build({
    stdin: { contents: WORKER, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@variate/source'],
    logLevel: 'error',
  })
  const worker = new Worker(outfile)
  const told: string[] = []
  worker.on('message', (text: string) => told.push(text))
  const begin = performance.now()
  const code = await new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject))
  // Helpers that have nothing to do end after 10 s.
  expect(performance.now() - begin).toBeLessThan(9000)
  expect(code).toBe(0)
  expect(told).toEqual([await largeFit()])
})
