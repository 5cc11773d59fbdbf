import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { afterEach, expect, test, vi } from 'vitest'
import { UnsupportedError } from '@variate/core'
import { add } from '@variate/core/ops'
import { runLoop } from '../../../src/index.ts'
import { serve, type Port } from '../../../src/loop/worker/serve.ts'

// Runtimes that are not this one.

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const run = (options: object = {}) =>
  runLoop((x: tf.Tensor) => add(x, 1), {
    state: 0,
    count: 50,
    precision: 'float64',
    worker: true,
    ...options,
  })

test('a runtime without workers is told of', async () => {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  await expect(run()).rejects.toThrow(UnsupportedError)
  await expect(run()).rejects.toThrow('no workers, neither Worker nor node:worker_threads: leave worker out')
})

/** A worker of the web's kind in this thread, which fails at first in some way. */
function stubWorker(fail: 'at once' | 'later' | 'running' | undefined): { ended: number } {
  const state = { ended: 0 }
  class FakeWorker {
    onmessage?: (event: { data: unknown }) => void
    onerror?: (event: { message?: string }) => void
    readonly #own: Port = {
      onmessage: null,
      postMessage: (report) => this.onmessage?.({ data: structuredClone(report) }),
    }

    constructor(url: string) {
      if (fail === 'at once') throw new DOMException('refused', 'SecurityError')
      if (fail) setTimeout(() => this.onerror?.(fail === 'running' ? { message: 'lost' } : {}))
      else serve(this.#own)
      expect(url).toMatch(/^blob:/)
    }

    postMessage(order: never): void {
      const own = structuredClone(order)
      setTimeout(() => this.#own.onmessage?.({ data: own }))
    }

    terminate(): void {
      state.ended++
    }
  }
  vi.stubGlobal('Worker', FakeWorker)
  return state
}

test('workers of the web are used where they are, and ended', async () => {
  const state = stubWorker(undefined)
  const steps: number[] = []
  const { state: last } = await run({ onProgress: ({ step }: { step: number }) => void steps.push(step) })
  expect(last).toMatchObject({ data: Float64Array.of(50) })
  expect(steps.at(-1)).toBe(50)
  expect(state.ended).toBe(1)
})

test.each(['at once', 'later'] as const)('a policy that refuses workers %s is told of', async (when) => {
  stubWorker(when)
  await expect(run()).rejects.toThrow(UnsupportedError)
  await expect(run()).rejects.toThrow('a Content Security Policy must allow worker-src blob:')
})

test('a worker that fails otherwise is told of, and ended', async () => {
  const state = stubWorker('running')
  await expect(run()).rejects.toThrow('runLoop: in the worker: lost')
  expect(state.ended).toBe(1)
})

test('memory that a worker cannot have is told of', async () => {
  stubWorker(undefined)
  const { Module, Instance, validate } = WebAssembly
  const Memory = vi.fn<() => never>(function () {
    throw new RangeError('could not allocate memory')
  })
  vi.stubGlobal('WebAssembly', { Module, Instance, validate, Memory })
  await expect(run()).rejects.toThrow(UnsupportedError)
  await expect(run()).rejects.toThrow('MiB of memory for a program cannot be had')
})
