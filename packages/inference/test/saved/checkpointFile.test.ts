import { execFile } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { DomainError } from '@variate/core'
import { checkpointFile } from '@variate/inference'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundledFile } from '@variate/testing/bundledFile'
import type { Refused } from './saving.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'variate-checkpoint-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const saving = bundledFile(join(import.meta.dirname, 'saving.ts'))

test('a file holds what was saved last, and nothing is left beside it', async () => {
  const file = checkpointFile(join(folder, 'fit.safetensors'))
  expect(await file.read()).toBeUndefined()
  await file.save(Uint8Array.of(1, 2, 3))
  await file.save(Uint8Array.of(4))
  expect(await file.read()).toEqual(Uint8Array.of(4))
  expect(readdirSync(folder)).toEqual(['fit.safetensors'])
})

test('saves at the same time are done in their order', async () => {
  const file = checkpointFile(join(folder, 'fit'))
  const large = new Uint8Array(2 ** 20).fill(1)
  await Promise.all([file.save(large), file.save(Uint8Array.of(2))])
  expect(await file.read()).toEqual(Uint8Array.of(2))
})

test('the file that a link leads to is replaced, and the link stays', async () => {
  writeFileSync(join(folder, 'disk'), 'old')
  symlinkSync(join(folder, 'disk'), join(folder, 'fit'))
  await checkpointFile(join(folder, 'fit')).save(Uint8Array.of(7))
  expect(new Uint8Array(readFileSync(join(folder, 'disk')))).toEqual(Uint8Array.of(7))
})

test('a link that leads nowhere yet stays, and what it leads to is made; one that leads to itself is told of', async () => {
  symlinkSync('disk', join(folder, 'fit'))
  symlinkSync('loop', join(folder, 'loop'))
  await checkpointFile(join(folder, 'fit')).save(Uint8Array.of(7))
  expect(readdirSync(folder).toSorted()).toEqual(['disk', 'fit', 'loop'])
  expect(new Uint8Array(readFileSync(join(folder, 'disk')))).toEqual(Uint8Array.of(7))
  expect(lstatSync(join(folder, 'fit')).isSymbolicLink()).toBe(true)
  await expect(checkpointFile(join(folder, 'loop')).save(Uint8Array.of(1))).rejects.toMatchObject({
    code: 'ELOOP',
  })
})

const posix = process.platform !== 'win32'

test.runIf(posix)('who may read a file stays as it is', async () => {
  const path = join(folder, 'fit')
  const file = checkpointFile(path)
  await file.save(Uint8Array.of(1))
  chmodSync(path, 0o600)
  await file.save(Uint8Array.of(2))
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
  expect(await file.read()).toEqual(Uint8Array.of(2))
})

test('a file that may not be written is not replaced', async () => {
  const path = join(folder, 'fit')
  writeFileSync(path, 'kept')
  chmodSync(path, 0o444)
  chmodSync(folder, 0o777)
  chmodSync(dirname(saving), 0o755)
  // The superuser may write all files, and goes without.
  const isAll = process.getuid?.() === 0
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [saving, path, '4', '8'],
    isAll ? { uid: 65534 } : {},
  )
  expect(JSON.parse(stdout)).toMatchObject({ code: posix ? 'EACCES' : 'EPERM' })
  expect(readFileSync(path, 'utf8')).toBe('kept')
  expect(readdirSync(folder)).toEqual(['fit'])
})

test.runIf(posix)('what is no file is not replaced', async () => {
  const path = join(folder, 'fit')
  await promisify(execFile)('mkfifo', [path])
  await expect(checkpointFile(path).save(Uint8Array.of(1))).rejects.toMatchObject({ code: 'EINVAL' })
  expect(lstatSync(path).isFIFO()).toBe(true)
})

test('a path that is none is told of at once', () => {
  for (const path of ['', undefined, 7]) expect(() => checkpointFile(path as string)).toThrow(DomainError)
})

test('what a killed process of the same number has left is removed, what is being written is not', async () => {
  const [left, written] = [`fit.${process.pid}-0123abcd.new`, `fit.${process.pid}-0123abce.new`]
  for (const name of [left, written]) writeFileSync(join(folder, name), 'half')
  const before = Date.now() / 1000 - process.uptime() - 3600
  utimesSync(join(folder, left), before, before)
  await checkpointFile(join(folder, 'fit')).save(Uint8Array.of(1))
  expect(readdirSync(folder).toSorted()).toEqual(['fit', written])
})

test('what a process that was killed has left is removed, what another is writing is not', async () => {
  const gone = 2 ** 22 + 1 // more than Linux gives
  const others = [`fit.${process.ppid}-0123abcd.new`, 'fit.1-abc.new', 'fit.new']
  for (const name of [`fit.${gone}-0123abcd.new`, ...others]) writeFileSync(join(folder, name), 'half')
  await checkpointFile(join(folder, 'fit')).save(Uint8Array.of(1))
  expect(readdirSync(folder).toSorted()).toEqual(['fit', ...others].toSorted())
})

test('where nothing can be written, it is said where and why', async () => {
  const lost = checkpointFile(join(folder, 'none', 'fit'))
  await expect(lost.save(Uint8Array.of(1))).rejects.toMatchObject({
    code: 'ENOENT',
    message: expect.stringContaining(`"${lost.path}" could not be written, and holds what it held: ENOENT`),
  })
  const inPlaceOfFolder = checkpointFile(folder)
  await expect(inPlaceOfFolder.save(Uint8Array.of(1))).rejects.toMatchObject({ code: 'EISDIR' })
  expect(readdirSync(folder)).toEqual([])
  await expect(inPlaceOfFolder.read()).rejects.toMatchObject({ code: 'EISDIR' })
  // After an error the next save is on its own.
  writeFileSync(join(folder, 'in the way'), '')
  const later = checkpointFile(join(folder, 'in the way', 'fit'))
  await expect(later.save(Uint8Array.of(1))).rejects.toThrow('ENOTDIR')
  rmSync(join(folder, 'in the way'))
  await expect(later.save(Uint8Array.of(1))).rejects.toThrow('ENOENT')
})

test('where a file may not grow further, the old one stays, and nothing else', async () => {
  const path = join(folder, 'fit')
  // In blocks of 512 or 1024 bytes, as the shell has it.
  const script = 'ulimit -f 16 && exec "$@"'
  const args = ['-c', script, 'sh', process.execPath, saving, path, '4000', '100000']
  const { stdout } = await promisify(execFile)('sh', args)
  const { code, message } = JSON.parse(stdout) as Refused
  expect(code).toBe('EFBIG')
  expect(message).toContain(`"${path}" could not be written, and holds what it held: EFBIG: file too large`)
  expect(new Uint8Array(readFileSync(path))).toEqual(new Uint8Array(4000).fill(1))
  expect(readdirSync(folder)).toEqual(['fit'])
})
