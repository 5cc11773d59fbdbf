import { describe, expect, test } from 'vitest'
import { key, random } from '@variate/core'
import { runRestarts, type Algorithm, type RestartsState } from '@variate/inference'

/** Climbs from a random start to the next whole number: where it ends depends on the start alone. */
const climbing: Algorithm<number, { value: number }> = {
  init: (from) => random.uniform(from, [], { low: 0, high: 10, dtype: 'float64' }).at(),
  step(_key, state) {
    const value = Math.min(Math.ceil(state), state + 0.25)
    return [value, { value }]
  },
}

const options = {
  key: key(3),
  restarts: 8,
  maxSteps: 50,
  converged: ({ value }: { value: number }) => Number.isInteger(value),
  score: (state: number) => state,
}

const scores = (outcomes: readonly { score: number }[]) => outcomes.map(({ score }) => score)

describe('runRestarts', () => {
  test('keeps the best of runs that end in different places', async () => {
    const { best, bestIndex, outcomes } = await runRestarts(() => climbing, options)
    expect(outcomes).toHaveLength(8)
    expect(new Set(scores(outcomes)).size).toBeGreaterThan(3)
    expect(best.state).toBe(Math.max(...scores(outcomes)))
    expect(outcomes[bestIndex]!.score).toBe(best.state)
    expect(best.termination).toEqual({ kind: 'converged' })
  })

  test('prefers a sound run to a better one that was rejected', async () => {
    const all = await runRestarts(() => climbing, options)
    const highest = all.best.state
    const reject = (state: number) => (state === highest ? 'too high' : undefined)
    const { best, outcomes } = await runRestarts(() => climbing, { ...options, reject })
    expect(best.state).toBe(Math.max(...scores(outcomes).filter((score) => score !== highest)))
    expect(outcomes.filter(({ rejected }) => rejected === 'too high').length).toBeGreaterThan(0)
  })

  test('keeps the best rejected run where none is sound, and a broken one last of all', async () => {
    const all = await runRestarts(() => climbing, options)
    const highest = all.best.state
    const everyRejected = await runRestarts(() => climbing, { ...options, reject: () => 'never' })
    expect(everyRejected.best.state).toBe(highest)
    const diverged = ({ value }: { value: number }) => (value === highest ? 'summit' : undefined)
    const someBroken = await runRestarts(() => climbing, { ...options, reject: () => 'never', diverged })
    expect(someBroken.best.termination.kind).toBe('converged')
  })

  test('an abort ends the series with the best so far', async () => {
    const abort = new AbortController()
    const onProgress = ({ outcomes }: RestartsState<number, unknown>) => {
      if (outcomes.length === 3) abort.abort()
    }
    const { best, outcomes } = await runRestarts(() => climbing, {
      ...options,
      onProgress,
      signal: abort.signal,
    })
    expect(outcomes).toHaveLength(4)
    expect(outcomes.at(-1)!.termination.kind).toBe('aborted')
    expect(best.state).toBe(Math.max(...scores(outcomes)))
  })

  test('throws the reason of an abort where that is asked for, but not once all runs have ended', async () => {
    const abortAt = (runs: number) => {
      const abort = new AbortController()
      const onProgress = ({ outcomes }: RestartsState<number, unknown>, { value }: { value: number }) => {
        if (outcomes.length === runs && Number.isInteger(value)) abort.abort(new Error('enough'))
      }
      return runRestarts(() => climbing, { ...options, onProgress, signal: abort.signal, onAbort: 'throw' })
    }
    await expect(abortAt(3)).rejects.toThrow('enough')
    expect((await abortAt(7)).outcomes).toHaveLength(8)
  })

  test('an abort before the first run throws its reason', async () => {
    const signal = AbortSignal.abort(new Error('not today'))
    await expect(runRestarts(() => climbing, { ...options, signal })).rejects.toThrow('not today')
  })

  test('goes on from any state exactly as if it had never stopped', async () => {
    const states: RestartsState<number, { value: number }>[] = []
    const onProgress = (state: RestartsState<number, { value: number }>) => void states.push(state)
    const whole = await runRestarts(() => climbing, { ...options, onProgress })
    expect(states.length).toBeGreaterThan(8)
    for (const from of states) expect(await runRestarts(() => climbing, { ...options, from })).toEqual(whole)
  })
})
