import '@tensorflow/tfjs-backend-cpu'
import { readFile } from 'node:fs/promises'
import { key } from '@variate/core'
import { expect, test } from 'vitest'
import { disagreement } from '../src/compile/disagreement.ts'
import { dataOf } from '../src/compile/results.ts'
import { givenFor } from '../src/vae/given.ts'
import { imagesFor } from '../src/vae/imagesFor.ts'
import { ordersFor } from '../src/vae/ordersFor.ts'
import { report } from '../src/vae/report.ts'
import { SMALL } from '../src/vae/sizes.ts'
import { slopeOf } from '../src/vae/slopeOf.ts'
import { train, trainOn } from '../src/vae/train.ts'

/** Losses by PyTorch and JAX; made by oracles/vae.py. */
const frozen = JSON.parse(await readFile(new URL('oracles/vae.json', import.meta.url), 'utf8')) as Readonly<
  Record<'torch' | 'jax', readonly number[]>
>

test('an epoch takes no element twice, and another epoch takes them in another order', () => {
  const steps = ordersFor(key(3), 14, 50, 7).toNested<number[][]>()
  const epochs = [steps.slice(0, 7), steps.slice(7)].map((rows) => rows.flat())
  for (const epoch of epochs) {
    expect(new Set(epoch).size).toBe(49)
    expect(epoch.every((index) => index >= 0 && index < 50)).toBe(true)
  }
  expect(epochs[0]).not.toEqual(epochs[1])
  expect(ordersFor(key(3), 9, 50, 7).toNested()).toEqual(steps.slice(0, 9))
})

test('losses of 200 steps are the same compiled and operation by operation', async () => {
  const images = await imagesFor(SMALL)
  const compiled = await train(SMALL, images, 200, { engine: 'wasm' })
  const eager = await train(SMALL, images, 200, { engine: 'eager' })
  const losses = dataOf(compiled.outputs)
  expect(losses).toHaveLength(200)
  expect(disagreement(losses, dataOf(eager.outputs))).toBeLessThan(1e-3)
  expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!)
  expect(compiled.explanation.called).toEqual([])
})

test('with the same images and noise the losses are those of PyTorch and JAX', async () => {
  const { pixels, noise } = givenFor(SMALL, await imagesFor(SMALL), 10)
  const { outputs } = await trainOn(SMALL, pixels, noise, { engine: 'wasm' })
  for (const theirs of [frozen.torch, frozen.jax])
    expect(disagreement(dataOf(outputs), theirs)).toBeLessThan(1e-5)
})

test('the slope is that of the line of least squares', () => {
  expect(
    slopeOf([
      [1, 3],
      [2, 5],
      [3, 7],
    ]),
  ).toBeCloseTo(2, 12)
  // Σ (x − 1)(y − 1) / Σ (x − 1)² = 3/2
  expect(
    slopeOf([
      [0, 0],
      [1, 0],
      [2, 3],
    ]),
  ).toBeCloseTo(1.5, 12)
  expect(slopeOf([[1, 3]])).toBe(0)
})

test('the report has a verdict for each bar, and fails for losses that are apart', () => {
  const engine = { name: 'own', options: {}, most: { seconds: 0.02, torch: 1 }, first: 0.3 }
  const result = {
    engine,
    seconds: [0.01, 0.01],
    start: { median: 0.4, low: 0.3, high: 0.5, coverage: 0.98 },
    memory: { slope: 0, peak: 2e8 },
    fromEager: 1e-6,
    fromPeers: 0.1,
  }
  const { rows, failures } = report([result], {
    peers: { torch: 'PyTorch', jax: 'JAX' },
    seconds: { torch: [0.005, 0.005], jax: [0.004, 0.004] },
    peak: 1e8,
    notes: [],
    turns: 2,
    quick: false,
    on: 'a machine',
  })
  expect(rows.map((row) => [row[0], row[1], row[4]])).toEqual([
    ['PyTorch: a step', '5.00 ms', ''],
    ['JAX: a step', '4.00 ms', ''],
    ['own: a step', '10.0 ms', 'met'],
    ['own: over PyTorch', '2.00×', 'missed'],
    ['own: over JAX', '2.50×', ''],
    ['own: trace, compile and first step', '400 ms', 'missed'],
    ['own: memory gained', '0 B a step', 'met'],
    ["own: peak over PyTorch's", '2.00×', 'missed'],
    ['own: losses from those of eager', '1e-6', 'met'],
  ])
  expect(failures).toEqual(["own: losses are 0.000001 from eager's, 0.1 from the peers'"])
})
