import { expect, test } from 'vitest'
import { divided, dividedData } from './dividedModule.ts'

/** Until something is so, for at most so long. */
async function until(isSo: () => boolean): Promise<boolean> {
  const end = performance.now() + 20_000
  while (!isSo()) {
    if (performance.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  return true
}

function hasFailed(run: () => void): boolean {
  try {
    run()
    return false
  } catch (error) {
    return error instanceof WebAssembly.RuntimeError
  }
}

test.each([2, 3, 5])(
  'every part is done once at each call, and helpers do some, of %i threads',
  async (count) => {
    const { run, times, threads } = divided(dividedData(16, count), 16)
    let calls = 0
    const called = (): boolean => {
      run()
      calls++
      expect([...times]).toEqual(Array(16).fill(calls))
      expect(Math.max(...threads)).toBeLessThan(count)
      return new Set(threads).size > 1
    }
    expect(await until(called)).toBe(true)
    for (let more = 0; more < 200; more++) called()
  },
)

test('helpers go from program to program', async () => {
  const programs = [7, 20].map((parts) => divided(dividedData(parts, 2), parts))
  const helped = new Set<number>()
  const called = (): boolean => {
    for (const [i, { run, threads }] of programs.entries()) {
      for (let times = 0; times < 10; times++) run()
      if (threads.includes(1)) helped.add(i)
    }
    return helped.size === 2
  }
  expect(await until(called)).toBe(true)
  expect(programs.map(({ times }) => new Set(times).size)).toEqual([1, 1])
})

test('helpers that had nothing to do for long come again', async () => {
  const { run, threads } = divided(dividedData(16, 2), 16)
  const isHelped = (): boolean => {
    run()
    return threads.includes(1)
  }
  expect(await until(isHelped)).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 300))
  threads.fill(0)
  expect(await until(isHelped)).toBe(true)
})

test('what fails in a helper fails where it is called, and calls after it are calls like others', async () => {
  const { run, times, fails } = divided(dividedData(16, 2, 'helpers'), 16)
  expect(await until(() => hasFailed(run))).toBe(true)
  fails.fill(0)
  const before = [...times]
  for (let calls = 1; calls <= 50; calls++) {
    run()
    expect([...times]).toEqual(before.map((x) => x + calls))
  }
})

test('a call that fails in the midst of a region leaves nothing under way', async () => {
  const { run, times, threads, fails } = divided(dividedData(16, 3, 'caller'), 16)
  for (let again = 0; again < 5; again++) {
    fails.fill(0)
    threads.fill(0)
    const isHelped = (): boolean => {
      run()
      return threads.some((thread) => thread > 0)
    }
    expect(await until(isHelped)).toBe(true)
    fails.fill(1)
    expect(await until(() => hasFailed(run))).toBe(true)
    const before = [...times]
    fails.fill(0)
    for (let calls = 1; calls <= 20; calls++) {
      run()
      expect([...times]).toEqual(before.map((x) => x + calls))
    }
  }
})
