import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { key, ndarray, NumericalError, type NdArray } from '@variate/core'
import { add, div, drawNormal, equal, mul, sub, where } from '@variate/core/ops'
import {
  compile,
  loop,
  runLoop,
  type NonFiniteStateError,
  type SyncEngine,
  type Precision,
} from '../../src/index.ts'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

type Way = readonly [engine: SyncEngine, precision: Precision]
const WAYS: readonly Way[] = [['wasm', 'float32'], ['wasm', 'float64'], ['eager', 'float32']] // prettier-ignore

const read = (x: tf.Tensor | NdArray): number[] => {
  if (!(x instanceof tf.Tensor)) return [...x.data]
  const data = [...x.dataSync()]
  x.dispose()
  return data
}

/** How long a program takes to trace and compile does not belong to the runs. */
const lasting = (milliseconds: number): (() => boolean) => {
  const start = performance.now()
  return () => performance.now() - start > milliseconds
}

test.each(WAYS)('a run in parts gives what one loop gives (%s, %s)', async (engine, precision) => {
  const step = (
    { x, n }: { x: tf.Tensor; n: tf.Tensor },
    c: { key: tf.Tensor; each: tf.Tensor; index: tf.Tensor; inputs: { a: tf.Tensor } },
  ) => {
    const next = add(mul(c.inputs.a, x), add(c.each, drawNormal(c.key, [2])))
    return { state: { x: next, n: c.index }, outputs: { next, n } }
  }
  const count = 301
  const each = Float32Array.from({ length: count }, (_, i) => Math.sin(i))
  const told = { count, random: key(3), collect: { every: 7 }, each, inputs: { a: Float32Array.of(0.5) } }
  const state = { x: Float32Array.of(1, 2), n: Int32Array.of(-1) }
  const whole = compile(
    (x: tf.Tensor, n: tf.Tensor) =>
      loop(step, { ...told, state: { x, n: tf.reshape(n, []) } }) as {
        state: { x: tf.Tensor; n: tf.Tensor }
        outputs: { next: tf.Tensor; n: tf.Tensor }
      },
    { engine, precision },
  )
  const once = whole(state.x, state.n)
  const reports: number[] = []
  const rows: number[] = []
  const parts = await runLoop(step, {
    ...told,
    state: { x: state.x, n: ndarray(Int32Array.of(-1), []) },
    engine,
    precision,
    finite: true,
    onProgress: ({ step: done, count: all, outputs }) => {
      expect(all).toBe(count)
      reports.push(done)
      rows.push(...outputs.next.data)
    },
  })
  expect(parts.termination).toEqual({ kind: 'limit' })
  expect(parts.explanation.engine).toBe(engine)
  expect(reports.at(-1)).toBe(count)
  expect(reports.length).toBeGreaterThan(1)
  const all = [once, parts].map(({ state: s, outputs: o }) => [s.x, s.n, o.next, o.n].map(read))
  expect(all[1]).toEqual(all[0])
  expect(rows).toEqual(all[0]![2])
})

test.each(WAYS)('a run that is aborted goes on as if it had not been (%s, %s)', async (engine, precision) => {
  const step = (x: tf.Tensor, { key }: { key: tf.Tensor }) => {
    const next = add(mul(0.9, x), drawNormal(key, [3]))
    return { state: next, outputs: next }
  }
  const told = { random: key(8), collect: { every: 5 }, engine, precision, count: 203 } as const
  const whole = await runLoop(step, { ...told, state: Float32Array.of(0, 0, 0) })
  const stop = new AbortController()
  const first = await runLoop(step, {
    ...told,
    state: Float32Array.of(0, 0, 0),
    signal: stop.signal,
    onProgress: ({ step: done }) => done > 1 && stop.abort(),
  })
  const { termination } = first
  if (termination.kind !== 'aborted') throw new Error('it was not aborted')
  expect(termination.step).toBeGreaterThan(1)
  expect(termination.step).toBeLessThan(203)
  expect(first.outputs.shape).toEqual([Math.floor(termination.step / 5), 3])
  const second = await runLoop(step, { ...told, state: first.state, from: termination.step })
  if (first.state instanceof tf.Tensor) first.state.dispose()
  expect(second.termination).toEqual({ kind: 'limit' })
  expect(read(second.state)).toEqual(read(whole.state))
  expect([...read(first.outputs), ...read(second.outputs)]).toEqual(read(whole.outputs))
})

test('a signal that is given before ends the run before the first step', async () => {
  const run = await runLoop((x: tf.Tensor) => add(x, 1), {
    state: 5,
    count: 10,
    signal: AbortSignal.abort(),
    precision: 'float64',
  })
  expect(run.termination).toEqual({ kind: 'aborted', step: 0 })
  expect(run.state.data).toEqual(Float64Array.of(5))
})

test('timers have their turn while a long run is under way', async () => {
  const isLong = lasting(100)
  const stop = new AbortController()
  let ticks = 0
  const timer = setInterval(() => {
    ticks++
    if (isLong()) stop.abort()
  }, 1)
  const run = await runLoop((x: tf.Tensor) => add(x, 1), {
    state: 0,
    count: 2 ** 31 - 1,
    signal: stop.signal,
    precision: 'float64',
  })
  clearInterval(timer)
  expect(run.termination.kind).toBe('aborted')
  expect(ticks).toBeGreaterThan(3)
  expect(run.state.data[0]).toBe(run.termination.kind === 'aborted' ? run.termination.step : NaN)
})

test.each(WAYS)(
  'the first state that is not finite is told of, with the one before it (%s, %s)',
  async (engine, precision) => {
    // 1/(i − 150) is infinite in step 150, whatever comes after it.
    const step = ({ a, b }: { a: tf.Tensor; b: tf.Tensor }, { index }: { index: tf.Tensor }) => ({
      a: add(a, 1),
      b: where(equal(index, 150), div(1, sub(mul(tf.onesLike(b), index), 150)), add(b, 1)),
    })
    const told = { state: { a: 0, b: Float32Array.of(0, 0) }, count: 1000, engine, precision }
    const error = await runLoop(step, { ...told, finite: true }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(NumericalError)
    expect(error).toMatchObject({ step: 150, leaf: 'state.b', code: 'numerical' })
    expect((error as Error).message).toBe(
      'runLoop: state.b is not finite after step 150: got Infinity at [0]',
    )
    const { state } = error as NonFiniteStateError & { state: { a: NdArray; b: NdArray } }
    expect([...state.a.data, ...state.b.data]).toEqual([150, 150, 150])
    const unasked = await runLoop(step, told)
    expect(read(unasked.state.b)[0]).toBe(Infinity)
    read(unasked.state.a)
  },
)

test('a state that is not finite before the first step is told of', async () => {
  await expect(
    runLoop((x: tf.Tensor) => x, { state: Float32Array.of(1, NaN), count: 1, finite: true }),
  ).rejects.toThrow('runLoop: state is not finite before the first step: got NaN at [1]')
})

test.each([-1, 0.5, 11, NaN])('%d steps before are refused', async (from) => {
  await expect(runLoop((x: tf.Tensor) => x, { state: 1, count: 10, from })).rejects.toThrow(
    `from must be a whole number from 0 to count = 10, got ${from}`,
  )
})

test('what cannot be run is refused', async () => {
  await expect(runLoop(() => ({}), { state: {}, count: 1 })).rejects.toThrow('there must be a tensor')
  let inner: Promise<unknown> = Promise.resolve()
  const outer = compile((x: tf.Tensor) => {
    inner = runLoop((y: tf.Tensor) => y, { state: x, count: 1 })
    return x
  })
  outer(Float32Array.of(1)).dispose()
  await expect(inner).rejects.toThrow('use loop there')
  await expect(
    runLoop((x: tf.Tensor) => x, { state: 1, count: 1, engine: 'eager', precision: 'float64' }),
  ).rejects.toThrow('float64 is for the wasm engine')
  const failing = runLoop((x: tf.Tensor) => x, {
    state: 1,
    count: 1,
    onProgress: () => {
      throw new Error('mine')
    },
  })
  await expect(failing).rejects.toThrow('mine')
})
