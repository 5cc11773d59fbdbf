import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { foldIn, key, NdArray, random } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import { adam, amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'
import { binarize, resampled, streamed } from './streamed.ts'

const SIZE = 11
const PIXELS = 6
const declared = model('vae')
  .network('decoder', mlp([2, 4, PIXELS], { activation: 'tanh' }))
  .plate('image', 'n', (i) =>
    i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )
const grey = new NdArray(
  Float64Array.from({ length: SIZE * PIXELS }, (_, i) => 0.5 + 0.5 * Math.sin(i)),
  [SIZE, PIXELS],
)
const binary = new NdArray(Float64Array.from(grey.data, Math.round), grey.shape)
const encoder = { z: { from: 'x', network: mlp([PIXELS, 4]) } } as const
const options = { encoder, batch: { image: 4 }, optimizer: adam({ rate: 0.02 }) } as const
const SEED = 3

/** The order in which a fit takes rows that it has, in a pass. */
const orderOf = (pass: number) =>
  Array.from(random.permutation(foldIn(foldIn(foldIn(foldIn(key(SEED), 1), 1), 0), pass), SIZE).data)
const rowOf = ({ data }: NdArray, row: number) => Array.from(data.subarray(row * PIXELS, (row + 1) * PIXELS))

/** Passes in that order, in parts of these sizes. */
const inParts = (values: NdArray, sizes: readonly number[], draw?: typeof binarize) =>
  streamed(
    async function* (pass) {
      const rows = orderOf(pass).map((row) => rowOf(values, row))
      for (let at = 0, part = 0; at < SIZE; part++) {
        const count = sizes[part % sizes.length]!
        yield await Promise.resolve(rows.slice(at, at + count))
        at += count
      }
    },
    { size: SIZE, ...(draw ? { draw } : {}) },
  )

const contentOf = ({
  params,
  history,
  termination,
}: Readonly<Record<'params' | 'history' | 'termination', object>>) => ({
  params,
  history,
  termination,
})

test.each([
  ['in parts of other sizes than steps', inParts(binary, [3, 5, 1]), { warmUp: 2 }],
  ['in parts of which some are empty', inParts(binary, [4, 0, 2]), { precision: 'float64' }],
  ['all in each step', streamed(() => [binary], { size: SIZE }), { batch: { image: SIZE } }],
] as const)('a stream is fitted as its examples in memory are: %s', async (_, x, more) => {
  const algorithm = amortized(declared, { ...options, epochs: 3, ...more })
  const whole = await algorithm.fit({ x: binary }, { seed: SEED })
  const stream = await algorithm.fit({ x }, { seed: SEED })
  expect(contentOf(stream)).toEqual(contentOf(whole))
  expect(stream.elbo).toBe(stream.history[2]!.elbo)
  expect(await stream.encode(binary)).toEqual(await whole.encode(binary))
})

test('pixels of a stream are drawn afresh in each step', async () => {
  const algorithm = amortized(declared, { ...options, epochs: 3 })
  const whole = await algorithm.fit({ x: resampled(grey) }, { seed: SEED })
  const stream = await algorithm.fit({ x: inParts(grey, [2, 7], binarize) }, { seed: SEED })
  expect(contentOf(stream)).toEqual(contentOf(whole))
})

test('many steps go by several parts of the stream, which is read once for each epoch', async () => {
  const opened: number[] = []
  const { open } = inParts(binary, [5])
  const x = streamed(
    (pass) => {
      opened.push(pass)
      return open(pass)
    },
    { size: SIZE },
  )
  const algorithm = amortized(declared, { ...options, batch: { image: 1 }, epochs: 13 })
  const steps: number[] = []
  const before = memory().numTensors
  const stream = await algorithm.fit({ x }, { seed: SEED, onProgress: ({ step }) => void steps.push(step) })
  const whole = await algorithm.fit({ x: binary }, { seed: SEED })
  expect(contentOf(stream)).toEqual(contentOf(whole))
  expect(opened).toEqual(Array.from({ length: 13 }, (_, pass) => pass))
  expect(steps.at(-1)).toBe(13 * SIZE)
  expect(memory().numTensors).toBe(before)
})

test('a fit of a stream goes on from any checkpoint as if it had not stopped', async () => {
  const algorithm = amortized(declared, { ...options, epochs: 3 })
  const kept: Uint8Array[] = []
  const evaluation = [rowOf(binary, 0)]
  const own = { evaluation, onCheckpoint: (bytes: Uint8Array) => void kept.push(bytes) }
  const whole = await algorithm.fit({ x: inParts(binary, [3]) }, { seed: SEED, ...own })
  expect(whole.history.every((epoch) => Number.isFinite(epoch.evaluation))).toBe(true)
  expect(kept.length).toBe(3)
  for (const from of kept.slice(0, 2)) {
    const rest = await algorithm.fit({ x: inParts(binary, [2]) }, { from, evaluation })
    expect(contentOf(rest)).toEqual(contentOf(whole))
    expect(rest.elbo).toBe(whole.elbo)
  }
  const loaded = await algorithm.load(whole.toBytes())
  expect(loaded.elbo).toBe(whole.elbo)
})

test('a fit of a stream goes on from the middle of an epoch as if it had not stopped', async () => {
  const algorithm = amortized(declared, { ...options, batch: { image: 3 }, epochs: 4, warmUp: 3 })
  const whole = await algorithm.fit({ x: inParts(binary, [3]) }, { seed: SEED })
  const stop = new AbortController()
  const onProgress = ({ step }: { readonly step: number }) => step >= 6 && stop.abort()
  const part = await algorithm.fit(
    { x: inParts(binary, [5]) },
    { seed: SEED, onProgress, signal: stop.signal },
  )
  expect(part.termination.kind).toBe('aborted')
  const rest = await algorithm.fit({ x: inParts(binary, [2]) }, { from: part.toBytes() })
  expect(contentOf(rest)).toEqual(contentOf(whole))
  expect(rest.elbo).toBe(whole.elbo)
})

test('the bound of a stream is that of the epoch whose parameters it has', async () => {
  const algorithm = amortized(declared, {
    ...options,
    optimizer: adam({ rate: 1 }),
    epochs: 40,
    patience: 2,
  })
  const kept: Uint8Array[] = []
  const evaluation = Array.from({ length: 4 }, (_, row) => rowOf(grey, row).map((x) => 1 - Math.round(x)))
  const onCheckpoint = (bytes: Uint8Array) => void kept.push(bytes)
  const fit = await algorithm.fit({ x: inParts(binary, [3]) }, { seed: SEED, evaluation, onCheckpoint })
  const held = fit.history.map((epoch) => epoch.evaluation!)
  const best = held.indexOf(Math.max(...held))
  expect([fit.termination.kind, best]).toEqual(['converged', fit.history.length - 3])
  expect(fit.elbo).toBe(fit.history[best]!.elbo)
  const last = await algorithm.load(kept.at(-1)!)
  expect(last.elbo).toBe(fit.elbo)
})

test('a fit of a stream ends where it is told to, and the stream is closed', async () => {
  let closed = 0
  const x = streamed(
    async function* () {
      try {
        for (let row = 0; row < SIZE; row++) yield await Promise.resolve([rowOf(binary, row)])
      } finally {
        closed++
      }
    },
    { size: SIZE },
  )
  const stop = new AbortController()
  const algorithm = amortized(declared, { ...options, batch: { image: 1 }, epochs: 1000 })
  const part = await algorithm.fit(
    { x },
    { seed: 0, signal: stop.signal, onProgress: ({ step }) => step > 100 && stop.abort() },
  )
  expect(part.termination.kind).toBe('aborted')
  expect(closed).toBeGreaterThan(9)
  const passes = closed
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(closed).toBe(passes)
})

test('a fit that is ended before its first step is of what it begins with', async () => {
  const algorithm = amortized(declared, { ...options, epochs: 1 })
  const signal = AbortSignal.abort()
  const [whole, stream] = [
    await algorithm.fit({ x: binary }, { seed: SEED, signal }),
    await algorithm.fit({ x: inParts(binary, [3]) }, { seed: SEED, signal }),
  ]
  expect(stream.termination).toEqual({ kind: 'aborted', step: 0 })
  expect(contentOf(stream)).toEqual(contentOf(whole))
  expect(Number.isFinite(stream.elbo)).toBe(true)
})

test('two fits at the same time are what they are one after the other', async () => {
  const algorithm = amortized(declared, { ...options, epochs: 2, warmUp: 1 })
  const fits = [
    () => algorithm.fit({ x: inParts(binary, [3]) }, { seed: SEED }),
    () => algorithm.fit({ x: inParts(grey, [2], binarize) }, { seed: 8 }),
  ] as const
  const together = await Promise.all(fits.map((fit) => fit()))
  expect(contentOf(together[0]!)).toEqual(contentOf(await fits[0]()))
  expect(contentOf(together[1]!)).toEqual(contentOf(await fits[1]()))
})

test('streams of several sites go along together', async () => {
  const two = model('two').plate('item', 'n', (item) =>
    item
      .input('u')
      .latent('z', ({ u }) => normal(u, 1))
      .observed('x', ({ z }) => normal(z, 0.5)),
  )
  const [u, x] = [Array.from({ length: 7 }, (_, i) => i), Array.from({ length: 7 }, (_, i) => Math.cos(i))]
  const algorithm = amortized(two, {
    encoder: { z: { from: ['x', 'u'], network: mlp([2, 3]) } },
    epochs: 4,
  })
  const whole = await algorithm.fit({ u, x }, { seed: 1 })
  const [first, second] = [
    streamed(() => [u.slice(0, 3), u.slice(3)], { size: 7 }),
    streamed(() => [x.slice(0, 4), x.slice(4, 5), x.slice(5)], { size: 7 }),
  ]
  const stream = await algorithm.fit({ u: first, x: second }, { seed: 1 })
  expect(contentOf(stream)).toEqual(contentOf(whole))
  await expect(algorithm.fit({ u, x: second }, { seed: 1 })).rejects.toThrow(
    /site "u" \(plate "item"\) is given whole, and "x" in a stream: give both in streams/,
  )
  await expect(
    algorithm.fit({ u: streamed(() => [u], { size: 6 }), x: second }, { seed: 1 }),
  ).rejects.toThrow(/a stream of 7 examples, "u" of 6: they go along together/)
})
