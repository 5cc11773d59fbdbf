import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { key } from '@variate/core'
import {
  abs,
  add,
  cholesky,
  drawNormal,
  fill,
  greater,
  greaterEqual,
  less,
  log,
  reshape,
  sub,
} from '@variate/core/ops'
import { runLoop } from '../../src/index.ts'

const COUNT = 200_000

/** A random walk, and whether it has gone so far. */
const walk = (far: number) => (x: tf.Tensor, context: { key: tf.Tensor }) => {
  const next = add(x, drawNormal(context.key, []))
  return { state: next, outputs: { place: next, isFar: greater(abs(next), far) } }
}
const told = { state: 0, count: COUNT, random: key(3), collect: { every: 1 } } as const

test.each([{}, { worker: true }, { finite: true }, { engine: 'eager', count: 300 }] as const)(
  'a run ends with the step that says so, as the same run shows that goes on: %j',
  async (options) => {
    const far = 'engine' in options ? 8 : 100
    const precision = 'engine' in options ? 'float32' : 'float64'
    const how = { ...told, precision, ...options } as const
    const whole = await runLoop(walk(far), how)
    const places = [...dataOf(whole.outputs.place)]
    const step = places.findIndex((x) => Math.abs(x) > far) + 1
    expect(step).toBeGreaterThan(10)
    const run = await runLoop(walk(far), { ...how, until: 'isFar' })
    expect(run.termination).toEqual({ kind: 'ended', step })
    expect([...dataOf(run.outputs.place)]).toEqual(places.slice(0, step))
    expect(dataOf(run.state)[0]).toBe(places[step - 1])
  },
)

test.each([{}, { worker: true }, { finite: true, worker: true }])(
  'progress tells each step once up to the end, and an aborted run goes on to the same one: %j',
  async (options) => {
    const how = { ...told, precision: 'float64', until: 'isFar', ...options } as const
    const rows: number[] = []
    const whole = await runLoop(walk(100), {
      ...how,
      onProgress: ({ outputs }) => rows.push(...dataOf(outputs.place)),
    })
    expect(rows).toEqual([...dataOf(whole.outputs.place)])
    const stop = new AbortController()
    const first = await runLoop(walk(100), { ...how, signal: stop.signal, onProgress: () => stop.abort() })
    const { termination } = first as {
      readonly termination: { readonly kind: string; readonly step: number }
    }
    expect(termination.kind).toBe('aborted')
    const rest = await runLoop(walk(100), { ...how, state: dataOf(first.state)[0]!, from: termination.step })
    expect(rest.termination).toEqual(whole.termination)
    expect([...dataOf(first.outputs.place), ...dataOf(rest.outputs.place)]).toEqual(rows)
  },
)

test('a run that nothing ends, and one that ends with its last step', async () => {
  const counted = (x: tf.Tensor) => {
    const next = add(x, 1)
    return { state: next, outputs: { isDone: greaterEqual(next, 50) } }
  }
  const how = { state: 0, collect: { every: 1 }, until: 'isDone', precision: 'float64' } as const
  expect((await runLoop(counted, { ...how, count: 49 })).termination).toEqual({ kind: 'limit' })
  expect((await runLoop(counted, { ...how, count: 50 })).termination).toEqual({ kind: 'ended', step: 50 })
})

test('what is not finite only beyond the end is no error, what is before it is', async () => {
  const falling = (low: number) =>
    runLoop(
      ({ x }) => {
        const next = sub(x, 1)
        return { state: { x: next, log: log(next) }, outputs: { isLow: less(next, low) } }
      },
      { ...told, state: { x: 5, log: 0 }, finite: true, until: 'isLow', precision: 'float64' },
    )
  await expect(falling(-1000)).rejects.toThrow('state.log is not finite after step 4')
  expect((await falling(1.5)).termination).toEqual({ kind: 'ended', step: 4 })
})

test.each([{}, { worker: true }, { engine: 'eager', precision: 'float32' }] as const)(
  'a step that fails only beyond the end is no error, one before it is, and progress is told up to it: %j',
  async (options) => {
    const steps: number[] = []
    const falling = (low: number) =>
      runLoop(
        (x) => {
          const next = sub(x, 1)
          // Of what is negative there is no factor.
          return { state: next, outputs: { isLow: less(next, low), root: cholesky(reshape(next, [1, 1])) } }
        },
        {
          ...told,
          state: 1000.5,
          until: 'isLow',
          precision: 'float64',
          ...options,
          onProgress: ({ step }) => steps.push(step),
        },
      )
    const { termination, state, outputs } = await falling(1)
    expect(termination).toEqual({ kind: 'ended', step: 1000 })
    expect(dataOf(state)[0]).toBe(0.5)
    expect(dataOf(outputs.root)).toHaveLength(1000)
    expect(steps.at(-1)).toBe(1000)
    steps.length = 0
    await expect(falling(-5)).rejects.toThrow('not positive definite')
    expect(steps.at(-1)).toBe(1000)
  },
)

test('an output that is none, or no scalar, or not of every step', async () => {
  const how = { ...told, count: 3, precision: 'float64' } as const
  await expect(runLoop(walk(1), { ...how, until: 'end' as never })).rejects.toThrow(
    'until is "end", expected one of outputs.place, outputs.isFar',
  )
  const wide = (x: tf.Tensor) => ({ state: x, outputs: { all: greater(add(x, fill([2], 0)), 1) } })
  await expect(runLoop(wide, { ...how, until: 'all' })).rejects.toThrow(
    'outputs.all of a step has shape [2], expected a scalar',
  )
  await expect(runLoop(walk(1), { ...how, collect: { every: 2 }, until: 'isFar' })).rejects.toThrow(
    'until needs an output of every step, collect: { every: 1 }, got collect.every = 2',
  )
})

function dataOf(x: unknown): ArrayLike<number> & Iterable<number> {
  return 'dataSync' in (x as object) ? (x as tf.Tensor).dataSync() : (x as { data: Float64Array }).data
}
