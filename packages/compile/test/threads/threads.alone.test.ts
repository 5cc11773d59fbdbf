import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { DomainError, key, ndarray } from '@variate/core'
import { add, cholesky, constant, drawNormal, mul, sigmoid, sub, sum } from '@variate/core/ops'
import { compile, fromBytes, runLoop } from '../../src/index.ts'
import { doubled } from '../inJavaScript.ts'
import { numbers } from './programs.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const x = numbers([300, 300], 1)
const total = (y: tf.Tensor): tf.Tensor => sum(sigmoid(y))
const walk = (threads?: number | 'auto', worker = false) =>
  runLoop((y: tf.Tensor, { key: own }) => sigmoid(add(y, mul(0.1, drawNormal(own, [300, 300])))), {
    state: x,
    count: 20,
    random: key(5),
    precision: 'float64',
    worker,
    ...(threads === undefined ? {} : { threads }),
  })

describe('how many threads there are', () => {
  const told = (threads?: number | 'auto'): unknown => {
    const compiled = compile(total, { precision: 'float64', ...(threads === undefined ? {} : { threads }) })
    compiled(x)
    return compiled.explain().threads
  }

  test('one for compile, if not asked for more', () => {
    expect(told()).toEqual({ count: 1, reason: 'not asked for more' })
    expect(told(3)).toEqual({ count: 3, reason: 'asked for' })
  })

  test('as many as there are cores for runLoop, up to 8', async () => {
    const cores = (count: number): void => {
      vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ availableParallelism: () => count } as never)
    }
    cores(3)
    expect((await walk()).explanation.threads).toEqual({ count: 3, reason: '3 cores' })
    cores(12)
    expect(told('auto')).toEqual({ count: 8, reason: '12 cores' })
    cores(1)
    expect(told('auto')).toEqual({ count: 1, reason: 'one core' })
  })

  test('one where there is no memory to share, and where a page is not isolated', () => {
    vi.stubGlobal('crossOriginIsolated', false)
    expect(told(2)).toEqual({
      count: 1,
      reason: expect.stringContaining('Cross-Origin-Opener-Policy: same-origin') as string,
    })
    vi.unstubAllGlobals()
    vi.stubGlobal('SharedArrayBuffer', undefined)
    expect(told('auto')).toEqual({
      count: 1,
      reason: expect.stringContaining('no memory to share (SharedArrayBuffer)') as string,
    })
  })

  test('one where no piece is large, and where JavaScript is called', () => {
    const small = compile(total, { precision: 'float64', threads: 2 })
    small(new Float64Array(100))
    expect(small.explain().threads).toEqual({
      count: 1,
      reason: 'no piece of it is large enough to be divided',
    })
    const calling = compile((y: tf.Tensor) => sum(sigmoid(doubled(y))), {
      precision: 'float64',
      threads: 2,
    })
    const { data } = calling(x)
    expect(calling.explain().threads).toEqual({
      count: 1,
      reason: expect.stringContaining('it calls JavaScript for') as string,
    })
    const alone = compile((y: tf.Tensor) => sum(sigmoid(doubled(y))), { precision: 'float64' })
    expect(alone(x).data).toEqual(data)
  })

  test.each([0, 1.5, -2, 65, Number.NaN])('a number from 1 to 64, not %d', (threads) => {
    expect(() => compile(total, { threads })).toThrow(DomainError)
    expect(() => compile(total, { threads })).toThrow(
      `compile: threads must be 'auto' or a whole number from 1 to 64, got ${threads}`,
    )
  })
})

test('runs are the same bits on any number of threads, in a worker as well', async () => {
  const { state } = await walk(1)
  for (const threads of [2, 3])
    for (const worker of [false, true]) {
      const own = await walk(threads, worker)
      expect(own.state.data).toEqual(state.data)
      expect(own.explanation.threads!.count).toBe(threads)
    }
})

test('a run whose operation gives up in a worker goes on here, and ends as without one', async () => {
  const a = ndarray(
    Float64Array.from({ length: 800 * 144 }, (_, i) => +(i % 13 === (11 * Math.floor(i / 144)) % 13) * 3),
    [800, 12, 12],
  )
  const identity = ndarray(
    Float64Array.from({ length: 144 }, (_, i) => +(i % 13 === 0)),
    [12, 12],
  )
  const ended = async (threads: number, worker: boolean): Promise<unknown> => {
    try {
      const { state } = await runLoop(
        (y: tf.Tensor, { index }) =>
          add(mul(0.1, cholesky(mul(sub(5, index), constant(identity)))), mul(0.5, y)),
        { state: a, count: 9, precision: 'float64', threads, worker },
      )
      return state.data
    } catch (error) {
      return (error as Error).message
    }
  }
  const alone = await ended(1, false)
  expect(alone).toContain('cholesky')
  expect(await ended(2, false)).toEqual(alone)
  expect(await ended(2, true)).toEqual(alone)
  expect(await ended(2, true)).toEqual(alone)
})

test('where threads cannot be started the one that calls does all', async () => {
  const { state } = await walk(1)
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  expect((await walk(2)).state.data).toEqual(state.data)
})

test('bytes of a program for threads are of one for one thread', () => {
  const compiled = compile(total, { precision: 'float64', threads: 2 })
  const { data } = compiled(x)
  const restored = fromBytes<typeof compiled>(compiled.toBytes(x))
  expect(restored(x).data).toEqual(data)
  expect(restored.explain().threads!.count).toBe(1)
})

test('results are copies of what is in shared memory', () => {
  const compiled = compile((y: tf.Tensor) => sigmoid(y), { threads: 2 })
  const [data] = [compiled(x).dataSync()]
  expect(compiled.explain().threads!.count).toBe(2)
  expect(data.buffer).toBeInstanceOf(ArrayBuffer)
})
