import '@tensorflow/tfjs-backend-cpu'
import { bernoulli, normal } from '@variate/distributions'
import { amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'
import { streamed } from './streamed.ts'

const declared = model('vae')
  .network('decoder', mlp([1, 3]))
  .plate('image', 'n', (i) =>
    i.latent('z', normal([0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )
const encoder = { z: { from: 'x', network: mlp([3, 2]) } } as const
const options = { encoder, batch: { image: 2 }, epochs: 2 } as const
const images = [
  [0, 1, 0],
  [1, 1, 0],
  [0, 0, 1],
  [1, 0, 1],
]

/** The images one by one, and how many passes are begun and not closed. */
function counted(
  rows: readonly number[][] = images,
  before: (row: number, pass: number) => unknown = () => undefined,
) {
  const open = { count: 0 }
  const x = streamed(
    async function* (pass) {
      open.count++
      try {
        for (const [at, row] of rows.entries()) {
          await before(at, pass)
          yield [row]
        }
      } finally {
        open.count--
      }
    },
    { size: images.length },
  )
  return { x, open }
}

test('a stream is closed where a fit is refused after its first examples were read', async () => {
  const bytes = (await amortized(declared, options).fit({ x: images }, { seed: 0 })).toBytes()
  const other = (await amortized(declared, options).fit({ x: images.slice(1) }, { seed: 0 })).toBytes()
  const wide = { z: { from: 'x', network: mlp([3, 5]) } } as const
  const cases = [
    [options, { worker: true }, 'leave one of them out'],
    [{ ...options, patience: 1 }, {}, 'give one to fit'],
    [options, { evaluation: [[0, 1]] }, 'evaluation'],
    [{ ...options, encoder: wide }, { from: bytes }, 'another architecture'],
    [options, { from: other }, 'it is of other data'],
    [{ ...options, batch: { image: 1 } }, { from: bytes }, 'give the batch that it was made with'],
  ] as const
  for (const [how, more, message] of cases) {
    const { x, open } = counted()
    const given = 'from' in more ? more : { seed: 0, ...more }
    await expect(amortized(declared, how).fit({ x }, given as never)).rejects.toThrow(message)
    expect([message, open.count]).toEqual([message, 0])
  }
})

test('a stream is closed where its first examples are no data of the model', async () => {
  for (const [row, message] of [
    [[0, 2, 0], 'outside the support'],
    [[0, 1], 'those before have [2]'],
    [[0, NaN, 0], 'example 0 has NaN'],
  ] as const) {
    const { x, open } = counted([[...row], ...images.slice(1)])
    await expect(amortized(declared, options).fit({ x }, { seed: 0 })).rejects.toThrow(message)
    expect([row, open.count]).toEqual([row, 0])
  }
})

test('a stream is closed where there is no step left to go', async () => {
  const evaluation = [[1, 1, 1]]
  const patient = amortized(declared, { ...options, epochs: 50, patience: 1 })
  const ended = await patient.fit({ x: images }, { seed: 0, evaluation })
  expect(ended.termination.kind).toBe('converged')
  const again = counted()
  await patient.fit({ x: again.x }, { from: ended.toBytes(), evaluation })
  expect(again.open.count).toBe(0)
  const limited = await amortized(declared, options).fit({ x: images }, { seed: 0 })
  const rest = counted()
  await amortized(declared, options).fit({ x: rest.x }, { from: limited.toBytes() })
  expect(rest.open.count).toBe(0)
})

test('a pass is not begun after a stream is closed', async () => {
  const stop = new AbortController()
  const opened: number[] = []
  const closed: number[] = []
  const x = streamed(
    (pass) => {
      opened.push(pass)
      let at = 0
      return {
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            // Only what is read ahead waits.
            if (pass > 0 || at > 1) await new Promise((resolve) => setTimeout(resolve, 20))
            return at < images.length
              ? { done: false as const, value: [images[at++]!] }
              : { done: true as const, value: undefined }
          },
          return: async () => {
            closed.push(pass)
            return { done: true as const, value: undefined }
          },
        }),
      }
    },
    { size: images.length },
  )
  const evaluation = images
  const fit = await amortized(declared, { ...options, batch: { image: 4 }, epochs: 9 }).fit(
    { x },
    { seed: 0, evaluation, signal: stop.signal, onProgress: () => stop.abort() },
  )
  expect(fit.termination).toEqual({ kind: 'aborted', step: 1 })
  const before = [...opened]
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(opened).toEqual(before)
  expect(closed).toEqual([opened.at(-1)])
})

test('a fit that is aborted does not wait for a stream that gives nothing', async () => {
  const stop = new AbortController()
  const { x } = counted(images, (at, pass) =>
    pass === 1 && at === 1 ? new Promise(() => undefined) : undefined,
  )
  const onCheckpoint = () => void setTimeout(() => stop.abort(), 5)
  const fit = await amortized(declared, options).fit({ x }, { seed: 0, onCheckpoint, signal: stop.signal })
  expect(fit.termination).toEqual({ kind: 'aborted', step: 2 })
  expect(fit.history.length).toBe(1)
})

test('a stream that cannot be closed is told of, and the fit is there', async () => {
  const x = streamed(
    () => {
      let at = 0
      return {
        [Symbol.iterator]: () => ({
          next: () => ({ done: false as const, value: [images[at++]!] }),
          return: () => {
            throw new Error('no such handle')
          },
        }),
      }
    },
    { size: images.length },
  )
  const only = amortized(declared, { ...options, epochs: 1 })
  const { params, warnings } = await only.fit({ x }, { seed: 0 })
  expect(warnings).toEqual(['model "vae": amortized: "x": pass 0 cannot be closed: no such handle'])
  const { params: expected } = await only.fit({ x: counted().x }, { seed: 0 })
  expect(params).toEqual(expected)
})
