import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { bundledFile } from '@variate/testing/bundledFile'
import type { Way } from './ended.ts'

const file = bundledFile(join(import.meta.dirname, 'ended.ts'))

test.each<Way>(['compile', 'runLoop', 'worker'])(
  'threads that help %s keep no process alive',
  async (way) => {
    const begin = performance.now()
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file, way], { timeout: 20_000 })
    expect([stdout, stderr]).toEqual(['3\n', ''])
    // Helpers that have nothing to do end after 10 s.
    expect(performance.now() - begin).toBeLessThan(9000)
  },
)
