import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runTour, temporaryFolder } from './runTour.ts'

test('--help tells the options and does nothing else', async () => {
  const { code, out, errors } = await runTour(['--help'])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  for (const option of ['--out DIR', '--quick', '--help']) expect(out).toContain(option)
  expect(out).not.toContain('Old Faithful:')
})

test('an option that there is not is refused in one sentence', async () => {
  const { code, out, errors } = await runTour(['--outt', 'x'])
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(errors).toBe("tour: Unknown option '--outt'; npm start -- --help lists the options\n")
})

describe('a folder that cannot be written to is refused in one sentence, before any work', () => {
  test.each([
    ['a file', 'taken', 'it is a file, not a folder'],
    ['below a file', 'taken/deep/er', 'part of the path is a file'],
    // Linux refuses folders there; elsewhere there is no such place at all.
    ...(existsSync('/proc/self') ? [['in /proc', '/proc/pictures/new', 'no folder can be made there']] : []),
  ])('%s', async (_name, path, reason) => {
    const temporary = temporaryFolder()
    writeFileSync(join(temporary, 'taken'), '')
    const folder = resolve(temporary, path!)
    const { code, out, errors } = await runTour(['--out', folder])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(errors).toBe(`tour: cannot write pictures to ${folder}: ${reason}\n`)
  })
})

test('Ctrl-C ends the tour at once, and the exit code says so', async () => {
  const { code, out, errors } = await runTour(
    ['--out', temporaryFolder()],
    (child) => child.killed || child.kill('SIGINT'),
  )
  expect({ code, errors }).toEqual({ code: 130, errors: '' })
  expect(out).toMatch(/Stopped by Ctrl-C after \d+ s/)
  expect(out).not.toContain('MNIST')
}, 60_000)

test('--quick does the same on less', async () => {
  const folder = temporaryFolder()
  const { code, out, errors } = await runTour(['--quick', '--out', folder])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(out).toContain('Chosen: 3 components, tied covariance, BIC 2314.30')
  expect(out).toContain('1,000 handwritten digits')
  expect(readdirSync(folder)).toHaveLength(20)
}, 60_000)
