import { describe, expect, test } from 'vitest'
import { oldFaithful } from '@variate/data'
import { gaussianMixture, selectMixture, type MixtureFitOptions } from '@variate/models'

const rows = oldFaithful().toNested<number[][]>()
const model = gaussianMixture({ components: 2 })

describe('an abort', () => {
  const abortAfter = (steps: number): MixtureFitOptions => {
    const abort = new AbortController()
    let seen = 0
    return {
      restarts: 5,
      init: 'random',
      tolerance: 0,
      maxIterations: 30,
      signal: abort.signal,
      onProgress: () => {
        if (++seen === steps) abort.abort(new Error('enough'))
      },
    }
  }

  test('in the middle gives the best fit so far and says so', async () => {
    const early = await model.fit(rows, abortAfter(10))
    expect(early.termination).toEqual({ kind: 'aborted', step: 10 })
    expect(early.iterations).toBe(10)
    const later = await model.fit(rows, abortAfter(40))
    expect(later.restarts.length).toBeGreaterThan(1)
    expect(later.restarts.at(-1)!.termination.kind).toBe('aborted')
    expect(later.logLikelihood).toBe(Math.max(...later.restarts.map(({ score }) => score)))
    expect(early.summary()).toContain('aborted after 10 iterations')
  })

  test('throws its reason where that is asked for, or where there is nothing yet', async () => {
    await expect(model.fit(rows, { ...abortAfter(10), onAbort: 'throw' })).rejects.toThrow('enough')
    const signal = AbortSignal.abort(new Error('too late'))
    await expect(model.fit(rows, { signal })).rejects.toThrow('too late')
    await expect(selectMixture(rows, { signal })).rejects.toThrow('too late')
  })
})
