import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { key } from '@variate/core'
import { abs, add, div, drawNormal, greater } from '@variate/core/ops'
import { runLoop } from '../../src/index.ts'

const walk = (x: tf.Tensor, context: { key: tf.Tensor }) => {
  const next = add(x, drawNormal(context.key, []))
  return { state: next, outputs: { place: next, isFar: greater(abs(next), 1000) } }
}
const told = { state: 0, count: 200, random: key(3), collect: { every: 1 }, precision: 'float64' } as const
const whole = await runLoop(walk, told)
const places = (run: { readonly outputs: { readonly place: { readonly data: ArrayLike<number> } } }) =>
  Array.from(run.outputs.place.data)

test('a run that stops sees the state there, and gives what one gives that does not', async () => {
  const stops = [1, 37, 150, 200]
  const seen: (readonly [number, number])[] = []
  const steps: number[] = []
  const run = await runLoop(walk, {
    ...told,
    stops,
    onProgress: ({ step }) => void steps.push(step),
    onStop: async ({ step, state }) => {
      await Promise.resolve()
      // All that was collected before was told of.
      expect(steps.at(-1)).toBe(step)
      seen.push([step, state.at() as number])
    },
  })
  expect(seen).toEqual(stops.map((stop) => [stop, places(whole)[stop - 1]]))
  expect(places(run)).toEqual(places(whole))
  expect([run.state.at(), run.termination]).toEqual([whole.state.at(), { kind: 'limit' }])
})

test('a stop may end the run, and a run that goes on from there is the whole', async () => {
  const run = await runLoop(walk, { ...told, stops: [10, 20, 30], onStop: ({ step }) => step === 20 })
  expect(run.termination).toEqual({ kind: 'ended', step: 20 })
  expect(places(run)).toEqual(places(whole).slice(0, 20))
  const stopped: number[] = []
  const rest = await runLoop(walk, {
    ...told,
    state: run.state,
    from: 20,
    stops: [10, 20, 30],
    onStop: ({ step }) => void stopped.push(step),
  })
  expect(stopped).toEqual([30])
  expect(places(rest)).toEqual(places(whole).slice(20))
})

test('a run that ends otherwise does not come to later stops', async () => {
  const stopped: number[] = []
  const how = {
    ...told,
    stops: [5, 100],
    onStop: ({ step }: { readonly step: number }) => void stopped.push(step),
  }
  const growing = (x: tf.Tensor) => ({ state: div(x, 1e-40), outputs: { isFar: greater(x, 1) } })
  await expect(runLoop(growing, { ...how, state: 1, finite: true })).rejects.toThrow(
    'is not finite after step 7',
  )
  const controller = new AbortController()
  const run = await runLoop(walk, { ...how, signal: controller.signal, onStop: () => controller.abort() })
  expect(run.termination).toEqual({ kind: 'aborted', step: 5 })
  expect(stopped).toEqual([5])
})

test('stops rise within the steps, and are not for workers', async () => {
  await expect(runLoop(walk, { ...told, stops: [3, 3] })).rejects.toThrow(
    'stops must be whole numbers that rise, from 1 to count = 200, got 3 at [1]',
  )
  await expect(runLoop(walk, { ...told, stops: [201] })).rejects.toThrow('got 201 at [0]')
  await expect(runLoop(walk, { ...told, stops: [3], worker: true })).rejects.toThrow(
    'leave worker or stops out',
  )
})
