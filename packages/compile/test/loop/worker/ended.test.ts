import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { bundledFile } from '@variate/testing/bundledFile'
import type { Way } from './ended.ts'

const file = bundledFile(join(import.meta.dirname, 'ended.ts'))

/** What a process says until it ends. */
async function said(way: Way): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file, way], { timeout: 20_000 })
  expect(stderr).toBe('')
  return stdout
}

test.each([
  ['done', 'limit'],
  ['throws', 'mine'],
  ['aborts', 'aborted'],
] as const)('a run that is over (%s) keeps no process alive', async (way, end) => {
  expect(await said(way)).toBe(`begun\n${end}\n`)
})

test('a run whose progress is awaited for ever keeps none alive either', async () => {
  expect(await said('hangs')).toBe('begun\n')
})
