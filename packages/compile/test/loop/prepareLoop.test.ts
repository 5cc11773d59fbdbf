import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { add, div, mul } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { NonFiniteStateError, prepareLoop, runLoop } from '../../src/index.ts'

const step = (
  { total }: { total: tf.Tensor },
  { each, inputs }: { each: { x: tf.Tensor }; inputs: { by: tf.Tensor } },
) => {
  const next = add(mul(0.9, total), mul(inputs.by, each.x))
  return { state: { total: next }, outputs: { total: next } }
}
const x = Float64Array.from({ length: 12 }, (_, i) => Math.sin(i))
const rows = (from: number, to: number) => ({ x: new NdArray(x.slice(from, to), [to - from]) })
const how = { collect: { every: 1 }, precision: 'float64' } as const
const sixSteps = { state: { total: 1 }, inputs: { by: 2 }, each: rows(0, 6), count: 6 }

/** What a run gives as plain numbers: in float32 it is tensors. */
const numbersOf = (given: unknown): number[] => {
  const own = given as NdArray | tf.Tensor
  if (own instanceof NdArray) return Array.from(own.data)
  const data = Array.from(own.dataSync())
  own.dispose()
  return data
}

test.each([
  ['wasm', 'float64'],
  ['wasm', 'float32'],
  ['eager', 'float32'],
] as const)('runs that follow each other are one run: %s, %s', async (engine, precision) => {
  const own = { collect: { every: 1 }, engine, precision } as const
  const begin = { ...own, state: { total: 1 }, inputs: { by: 2 } }
  const whole = await runLoop(step, { ...begin, each: rows(0, 12), count: 12 })
  const parts = prepareLoop(step, { ...begin, each: rows(0, 5), count: 5 })
  const told: number[] = []
  let total = 1
  for (const [from, count] of [
    [0, 5],
    [5, 5],
    [10, 2],
  ] as const) {
    const each = {
      x: new NdArray(
        Float64Array.from({ length: 5 }, (_, i) => x[from + i] ?? NaN),
        [5],
      ),
    }
    const run = await parts.run({ state: { total }, inputs: { by: 2 }, each, count })
    expect(run.termination.kind).toBe('limit')
    told.push(...numbersOf(run.outputs.total))
    total = numbersOf(run.state.total)[0]!
  }
  expect(total).toBe(numbersOf(whole.state.total)[0])
  expect(told).toEqual(numbersOf(whole.outputs.total))
})

const loop = prepareLoop(step, { ...how, state: { total: 0 }, inputs: { by: 0 }, each: rows(0, 2), count: 2 })

test.each([
  ['other rows', { each: rows(0, 3) }, 'each.x has shape [3], expected [2]'],
  [
    'other types',
    { inputs: { by: Int32Array.of(1) } },
    'inputs.by has shape [1] of int32, expected [] of float32',
  ],
  [
    'another structure',
    { state: 0 },
    'it was prepared for state.total, inputs.by, each.x, got state, inputs.by, each.x',
  ],
  ['more steps', { count: 3 }, 'count must be a whole number from 0 to 2, got 3'],
])('%s are refused', async (_, other, message) => {
  const given = { state: { total: 0 }, inputs: { by: 1 }, each: rows(0, 2), ...other }
  await expect(loop.run(given as never)).rejects.toThrow(message)
})

test('a state that is not finite is found, and the loop can be run again', async () => {
  const divide = prepareLoop(
    (now: tf.Tensor, { each }: { each: tf.Tensor }) => ({ state: div(now, each), outputs: now }),
    { ...how, state: 1, each: Float64Array.of(1, 1), count: 2, finite: true },
  )
  const failure = divide.run({ state: 1, each: Float64Array.of(2, 0) })
  await expect(failure).rejects.toBeInstanceOf(NonFiniteStateError)
  await expect(failure).rejects.toMatchObject({ step: 1 })
  const { state } = await divide.run({ state: 1, each: Float64Array.of(2, 4) })
  expect(state.at()).toBe(0.125)
})

test('runs that are begun at the same time do not see each other', async () => {
  const loop = prepareLoop(step, { ...how, ...sixSteps })
  const given = [
    { state: { total: 1 }, inputs: { by: 2 }, each: rows(0, 6) },
    { state: { total: -3 }, inputs: { by: 5 }, each: rows(6, 12) },
  ]
  const expected = await Promise.all(given.map((own) => runLoop(step, { ...how, ...own, count: 6 })))
  const got = await Promise.all(given.map((own) => loop.run(own)))
  for (const [i, { state, outputs }] of got.entries())
    expect([state, outputs]).toEqual([expected[i]!.state, expected[i]!.outputs])
})

test('a run that fails does not keep the next from its turn', async () => {
  const loop = prepareLoop(step, { ...how, ...sixSteps, finite: true })
  const own = { state: { total: 1 }, each: rows(0, 6) }
  const [bad, good] = await Promise.allSettled([
    loop.run({ ...own, inputs: { by: Infinity } }),
    loop.run({ ...own, inputs: { by: 2 } }),
  ])
  expect(bad!.status === 'rejected' && bad!.reason).toBeInstanceOf(NonFiniteStateError)
  expect(good).toMatchObject({ status: 'fulfilled', value: { termination: { kind: 'limit' } } })
})
