import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { normal } from '@variate/distributions'
import { adam, amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

const curve = model('curve')
  .network('decoder', mlp([1, 4, 2], { activation: 'tanh' }))
  .plate('point', 'n', (point) =>
    point.latent('z', normal([0], 1)).observed('x', ({ z, decoder }) => normal(decoder(z), 0.3)),
  )
const points = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => [Math.cos(from + 3 * i), Math.sin(from + 2 * i)])
const x = points(0, 11)
const encoder = { z: { from: 'x', network: mlp([2, 6]) } } as const
const options = { encoder, batch: { point: 4 }, optimizer: adam({ rate: 0.02 }) } as const

/** All numbers of a fit. */
const contentOf = (fit: { params: object; elbo: number; history: object; termination: object }) => {
  const { params, elbo, history, termination } = fit
  return { params, elbo, history, termination }
}

test.each([
  ['float32', {}],
  ['a warm-up, free bits and few particles', { warmUp: 3, freeBits: 0.1, beta: 2 }],
] as const)('a fit goes on from any checkpoint as if it had not stopped: %s', async (_, more) => {
  const algorithm = amortized(curve, { ...options, ...more, epochs: 3 })
  const evaluation = points(1, 5)
  const kept: Uint8Array[] = []
  const whole = await algorithm.fit(
    { x },
    { seed: 2, evaluation, onCheckpoint: (bytes) => void kept.push(bytes) },
  )
  expect(kept.length).toBe(3)
  expect(whole.history.every(({ evaluation: own }) => Number.isFinite(own))).toBe(true)
  for (const bytes of kept) {
    const rest = await algorithm.fit({ x }, { from: bytes, evaluation })
    expect(contentOf(rest)).toEqual(contentOf(whole))
  }
  // 33 examples of 11 after ⌈33/4⌉ steps: checkpoints are where epochs end.
  const loaded = await algorithm.load(kept[2]!)
  expect(loaded.termination).toEqual({ kind: 'aborted', step: 9 })
  expect(loaded.elbo).toBe(whole.history[2]!.elbo)
  expect(loaded.standardError).toBeGreaterThan(0)
})

test('a fit that was aborted goes on from its bytes, and stops change nothing', async () => {
  const algorithm = amortized(curve, { ...options, epochs: 40 })
  const whole = await algorithm.fit({ x }, { seed: 3 })
  const stop = new AbortController()
  const part = await algorithm.fit(
    { x },
    { seed: 3, signal: stop.signal, onProgress: ({ step }) => step > 5 && stop.abort() },
  )
  expect(part.termination.kind).toBe('aborted')
  expect(part.history).toEqual(whole.history.slice(0, part.history.length))
  const rest = await algorithm.fit({ x }, { from: part })
  expect(contentOf(rest)).toEqual(contentOf(whole))
  expect(rest.toBytes()).toEqual(whole.toBytes())
  const stopping = await algorithm.fit({ x }, { seed: 3, onCheckpoint: () => undefined })
  expect(contentOf(stopping)).toEqual(contentOf(whole))
})

test('nothing of a step is called from JavaScript: a worker goes the same steps', async () => {
  const algorithm = amortized(curve, { ...options, epochs: 4, engine: 'wasm' })
  const here = await algorithm.fit({ x }, { seed: 5 })
  const there = await algorithm.fit({ x }, { seed: 5, worker: true })
  expect(contentOf(there)).toEqual(contentOf(here))
  await expect(
    algorithm.fit({ x }, { seed: 5, worker: true, onCheckpoint: () => undefined }),
  ).rejects.toThrow('a worker does not stop between steps')
})

test('a fit ends when the evaluation set gets no better, and is of the best epoch', async () => {
  // So few examples, and so large steps, that they are soon learnt by heart.
  const few = points(0, 3)
  const algorithm = amortized(curve, { encoder, optimizer: adam({ rate: 0.1 }), epochs: 400, patience: 5 })
  const evaluation = points(1, 20)
  const kept: Uint8Array[] = []
  const fit = await algorithm.fit(
    { x: few },
    { seed: 0, evaluation, onCheckpoint: (bytes) => void kept.push(bytes) },
  )
  expect(fit.termination).toEqual({ kind: 'converged' })
  const all = fit.history.map(({ evaluation: own }) => own!)
  const best = all.indexOf(Math.max(...all))
  expect(all.length).toBe(best + 1 + 5)
  const { params } = await algorithm.load(kept[best]!)
  expect(fit.params).toEqual(params)
  await expect(algorithm.fit({ x: few }, { seed: 0 })).rejects.toThrow('patience is for an evaluation set')
  const again = await algorithm.fit({ x: few }, { from: fit, evaluation })
  expect(contentOf(again)).toEqual(contentOf(fit))
})

test.each([undefined, 8])('a fit that ended by patience goes on where that is now %s', async (patience) => {
  const own = { ...options, optimizer: adam({ rate: 1 }), epochs: 8 }
  const evaluation = points(1, 5)
  const ended = await amortized(curve, { ...own, patience: 1 }).fit({ x }, { seed: 2, evaluation })
  expect(ended.termination.kind).toBe('converged')
  expect(ended.history.length).toBeLessThan(8)
  const algorithm = amortized(curve, { ...own, ...(patience === undefined ? {} : { patience }) })
  const rest = await algorithm.fit({ x }, { from: ended.toBytes(), evaluation })
  const straight = await algorithm.fit({ x }, { seed: 2, evaluation })
  expect(contentOf(rest)).toEqual(contentOf(straight))
})

test('a checkpoint that cannot be stored ends the fit with its error, and the one before goes on', async () => {
  const algorithm = amortized(curve, { ...options, epochs: 3 })
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  const kept: Uint8Array[] = []
  const { numTensors } = tf.memory()
  const onCheckpoint = async (bytes: Uint8Array) => {
    if (kept.length === 1) throw full
    kept.push(bytes)
  }
  await expect(algorithm.fit({ x }, { seed: 2, onCheckpoint })).rejects.toBe(full)
  expect(tf.memory().numTensors).toBe(numTensors)
  const whole = await algorithm.fit({ x }, { seed: 2 })
  // A seed beside is of no account.
  const rest = await algorithm.fit({ x }, { seed: 7, from: kept[0] })
  expect(contentOf(rest)).toEqual(contentOf(whole))
  expect(rest.toBytes()).toEqual((await algorithm.fit({ x }, { seed: 2, from: undefined })).toBytes())
})

test('bytes of something else are refused', async () => {
  const algorithm = amortized(curve, { ...options, epochs: 1 })
  const fit = await algorithm.fit({ x }, { seed: 0 })
  const bytes = fit.toBytes()
  const damaged = bytes.slice()
  damaged[bytes.length - 3]! ^= 1
  await expect(algorithm.load(damaged)).rejects.toThrow('the bytes are damaged')
  await expect(algorithm.load(bytes.slice(0, 100))).rejects.toThrow('safetensors')
  const other = { z: { from: 'x', network: mlp([2, 5]) } } as const
  await expect(amortized(curve, { encoder: other }).load(bytes)).rejects.toThrow(
    'has shape [1,6], expected [1,5]',
  )
  await expect(amortized(curve, { ...options, beta: 2 }).load(bytes)).rejects.toThrow('estimator')
  await expect(algorithm.fit({ x: points(0, 9) }, { from: bytes })).rejects.toThrow(
    'it was saved with 11 examples, expected 9',
  )
})
