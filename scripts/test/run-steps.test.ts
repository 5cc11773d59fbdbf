import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { command } from '../lib/command.ts'
import { runSteps } from '../lib/run-steps.ts'
import { noProblems } from '../lib/step.ts'
import { tally } from '../lib/vitest-run.ts'

let printed = ''

beforeEach(() => {
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))))
  vi.spyOn(console, 'log').mockImplementation((text: string) => void (printed += `${text}\n`))
  vi.spyOn(console, 'error').mockImplementation((text: string) => void (printed += `${text}\n`))
})

afterEach(() => vi.restoreAllMocks())

const good = { name: 'good', run: () => ({ passed: 3, failed: 0, output: 'quiet' }) }
const bad = { name: 'bad', run: () => noProblems(['this is wrong']) }
const broken = { name: 'broken', run: () => Promise.reject(new Error('it broke')) }

test('the totals end the output, and what failed is shown', async () => {
  expect(await runSteps([good, bad, broken], [])).toBe(1)
  expect(printed).toMatch(/\n3 passed, 2 failed\n$/)
  expect(printed).toContain('this is wrong')
  expect(printed).toContain('it broke')
  expect(printed).not.toContain('quiet')
})

test('steps can be run alone, and an unknown one is an error', async () => {
  expect(await runSteps([good, bad], ['good'])).toBe(0)
  expect(printed).toMatch(/\n3 passed, 0 failed\n$/)
  expect(await runSteps([good, bad], ['godo'])).toBe(1)
  expect(printed).toContain('no step "godo"; there are good, bad')
})

const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
const ended = { ok: true, output: '', errors: '' }

test('every test counts', () => {
  expect(tally(ended, report, true)).toMatchObject({ passed: 5, failed: 0 })
  expect(tally({ ...ended, ok: false }, { ...report, numFailedTests: 2 }, true)).toMatchObject({
    passed: 5,
    failed: 2,
  })
})

test('a run that crashes, fails without a failed test or has no tests is a failure', () => {
  expect(tally({ ...ended, ok: false }, undefined, false)).toMatchObject({ passed: 0, failed: 1 })
  expect(tally({ ...ended, ok: false }, report, false)).toMatchObject({ passed: 5, failed: 1 })
  expect(tally(ended, { ...report, numPassedTests: 0 }, false)).toMatchObject({ failed: 1 })
})

test('skipped tests are shown, and fail where CI is set', () => {
  const skipped = { ...report, numPendingTests: 2 }
  expect(tally(ended, skipped, false)).toMatchObject({ failed: 0, noise: '2 tests were skipped\n' })
  expect(tally(ended, skipped, true)).toMatchObject({ failed: 2 })
})

test('a command that hangs is ended with what it started', async () => {
  const finished = await command('sh', ['-c', 'sleep 60 & sleep 60'], { minutes: 0.003 })
  expect(finished.ok).toBe(false)
  expect(finished.output).toContain('it had not finished')
})

test('a command that does not exist has failed', async () => {
  expect(await command('no-such-command', [])).toMatchObject({ ok: false })
})
