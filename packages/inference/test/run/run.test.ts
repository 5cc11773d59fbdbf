import { describe, expect, test } from 'vitest'
import { key, random } from '@variate/core'
import { run, type Algorithm } from '@variate/inference'

/** Halves a number, with noise from the step's key so that keys are seen to be used. */
const halving: Algorithm<number, { value: number; noise: number }> = {
  init: () => 1024,
  step(stepKey, state) {
    const value = state / 2
    return [value, { value, noise: random.uniform(stepKey, [], { dtype: 'float64' }).at() }]
  },
}

const options = { key: key(0), maxSteps: 8 }

describe('run', () => {
  test('does the steps it is given and says that it stopped at the limit', async () => {
    const result = await run(halving, options)
    expect(result.state).toBe(4)
    expect(result.steps).toBe(8)
    expect(result.history.map(({ value }) => value)).toEqual([512, 256, 128, 64, 32, 16, 8, 4])
    expect(result.termination).toEqual({ kind: 'limit' })
  })

  test('ends when the info says that it converged', async () => {
    const result = await run(halving, { ...options, converged: ({ value }) => value < 100 })
    expect(result.state).toBe(64)
    expect(result.termination).toEqual({ kind: 'converged' })
  })

  test('keeps the state before the step that broke down, and names site and step', async () => {
    const diverged = ({ value }: { value: number }) => (value === 64 ? 'value' : undefined)
    const result = await run(halving, { ...options, diverged })
    expect(result.state).toBe(128)
    expect(result.steps).toBe(3)
    expect(result.termination).toEqual({ kind: 'diverged', site: 'value', step: 4 })
  })

  test('is aborted between steps, with what it has', async () => {
    const abort = new AbortController()
    const onProgress = ({ steps }: { steps: number }) => {
      if (steps === 3) abort.abort()
    }
    const result = await run(halving, { ...options, onProgress, signal: abort.signal })
    expect(result.state).toBe(128)
    expect(result.termination).toEqual({ kind: 'aborted', step: 3 })
  })

  test('gives every step a key of its own, the same ones in every run', async () => {
    const noise = async () => (await run(halving, options)).history.map((info) => info.noise)
    const first = await noise()
    expect(new Set(first).size).toBe(first.length)
    expect(await noise()).toEqual(first)
  })

  test('goes on from a state exactly as if it had never stopped', async () => {
    const whole = await run(halving, options)
    const half = await run(halving, { ...options, maxSteps: 3 })
    expect(await run(halving, { ...options, from: half })).toEqual(whole)
  })

  test('waits for progress that returns a promise', async () => {
    const seen: number[] = []
    const onProgress = async ({ steps }: { steps: number }) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      seen.push(steps)
    }
    await run(halving, { ...options, maxSteps: 3, onProgress })
    expect(seen).toEqual([1, 2, 3])
  })

  test('gives other work its turn while it runs', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const slow: Algorithm<number, null> = {
      init: () => 0,
      step(_key, state) {
        const until = performance.now() + 10
        while (performance.now() < until);
        return [state + 1, null]
      },
    }
    await run(slow, { key: key(0), maxSteps: 12 })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(2)
  })
})
