import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { UnsupportedError } from '@variate/core'
import { add } from '@variate/core/ops'
import { runLoop, type WebWorker } from '../../../src/index.ts'
import type { Order } from '../../../src/loop/worker/messages.ts'
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

type Fail = 'at once' | 'later' | 'running' | undefined

/** How often a worker was ended. */
let ended = 0
beforeEach(() => {
  ended = 0
})

/** A worker of the web's kind in this thread, which fails in some way. */
function fakeWorker(fail: Fail): WebWorker {
  if (fail === 'at once') throw new DOMException('refused', 'SecurityError')
  const listeners = new Map<string, (event: object) => void>()
  const own: Port = {
    onmessage: null,
    postMessage: (report) => listeners.get('message')!({ data: structuredClone(report) }),
  }
  if (!fail) serve(own)
  else setTimeout(() => listeners.get('error')!(fail === 'running' ? { message: 'lost' } : {}))
  return {
    addEventListener: (type, listener) => void listeners.set(type, listener as never),
    postMessage: (order) => {
      const data = structuredClone(order) as Order
      setTimeout(() => own.onmessage?.({ data }))
    },
    terminate: () => void ended++,
  }
}

/** Lets the global `Worker` be one that fails in some way. */
function stubWorker(fail: Fail): void {
  const Worker = vi.fn<(url: string) => WebWorker>(function (url) {
    expect(url).toMatch(/^blob:/)
    return fakeWorker(fail)
  })
  vi.stubGlobal('Worker', Worker)
}

test('workers of the web are used where they are, and ended', async () => {
  stubWorker(undefined)
  const steps: number[] = []
  const { state: last } = await run({ onProgress: ({ step }: { step: number }) => void steps.push(step) })
  expect(last).toMatchObject({ data: Float64Array.of(50) })
  expect(steps.at(-1)).toBe(50)
  expect(ended).toBe(1)
})

test.each(['at once', 'later'] as const)('a policy that refuses workers %s is told of', async (when) => {
  stubWorker(when)
  await expect(run()).rejects.toThrow(UnsupportedError)
  await expect(run()).rejects.toThrow(
    'for worker: true a Content Security Policy must allow worker-src blob:',
  )
})

test('a worker that fails otherwise is told of, and ended', async () => {
  stubWorker('running')
  await expect(run()).rejects.toThrow('runLoop: in the worker: lost')
  expect(ended).toBe(1)
})

test('workers that are given are used, one for a run, and ended', async () => {
  const worker = vi.fn<() => WebWorker>(() => fakeWorker(undefined))
  const { state: last } = await run({ worker })
  expect(last).toMatchObject({ data: Float64Array.of(50) })
  expect(worker).toHaveBeenCalledOnce()
  expect(ended).toBe(1)
  await expect(run({ worker: () => fakeWorker('later') })).rejects.toThrow(
    'the worker that was made did not start: its file is not there',
  )
  await expect(run({ worker: () => fakeWorker('at once') })).rejects.toThrow('refused')
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
