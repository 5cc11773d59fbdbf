import '@tensorflow/tfjs-backend-cpu'
import { DomainError, NdArray, ShapeError } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import { amortized, sgd } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'
import { binarize, streamed } from './streamed.ts'

const declared = model('vae')
  .network('decoder', mlp([1, 3]))
  .plate('image', 'n', (i) =>
    i.latent('z', normal([0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )
const encoder = { z: { from: 'x', network: mlp([3, 2]) } } as const
const options = { encoder, batch: { image: 2 }, epochs: 3 } as const
const images = [
  [0, 1, 0],
  [1, 1, 0],
  [0, 0, 1],
  [1, 0, 1],
]
const SIZE = images.length
const of = (second: readonly (number[][] | NdArray)[], first: readonly number[][][] = [images]) =>
  streamed((pass) => (pass === 0 ? first : second) as number[][][], { size: SIZE })
const fit = (x: ReturnType<typeof streamed>, more: object = {}) =>
  amortized(declared, options).fit({ x }, { seed: 0, ...more } as never)
const who = 'model "vae": amortized: "x": '

test.each([
  [
    'no iterable',
    of(undefined as never),
    DomainError,
    `${who}pass 1 failed after 0 examples: open gave undefined, expected an iterable of arrays`,
  ],
  ['nothing at all', of([], []), DomainError, `${who}pass 0 gave no examples, expected 4: size is how many`],
  [
    'nothing in a later pass',
    of([]),
    DomainError,
    `${who}pass 1 gave no examples, expected 4: a pass begins anew`,
  ],
  ['a shorter pass', of([images.slice(1)]), DomainError, `${who}pass 1 gave 3 examples, expected 4`],
  [
    'a longer pass',
    of([images, images.slice(3)]),
    DomainError,
    `${who}pass 1 gave more than 4 examples, expected 4`,
  ],
  [
    'another shape',
    of([images.slice(0, 2), [[0, 1]]]),
    ShapeError,
    `${who}pass 1: example 2 has shape [2], those before have [3]`,
  ],
  [
    'NaN',
    of([
      images.slice(0, 1),
      [
        [1, 1, 0],
        [0, NaN, 1],
      ],
    ]),
    DomainError,
    `${who}pass 1: example 2 has NaN`,
  ],
  [
    'NaN in plain data',
    of([images.slice(0, 1), new NdArray(Float64Array.of(0, 0, 0, 0, NaN, 0), [2, 3])]),
    DomainError,
    `${who}pass 1: example 2 has NaN`,
  ],
  ['a missing pixel', of([[[0, null, 1]] as never]), DomainError, `${who}pass 1: example 0: [1] is missing`],
  [
    'what is outside of the support',
    of([images.slice(0, 2), [[0, 2, 1]], images.slice(3)]),
    DomainError,
    /site "x" \(plate "image"\): 2 at \[\d,1\] is outside the support of its bernoulli .*\(of examples from \d of pass \d on\)/,
  ],
  ['a number', of([3 as never]), ShapeError, 'pass 1: expected arrays of examples, got a number'],
])('a stream that gives %s is refused, and told where', async (_, x, kind, message) => {
  const failure = fit(x)
  await expect(failure).rejects.toThrow(message)
  await expect(failure).rejects.toBeInstanceOf(kind)
})

test('brightnesses that are drawn are in their range', async () => {
  const x = streamed(() => [images.map((row, i) => (i === 2 ? [0.5, 1.5, 0] : row))], {
    size: SIZE,
    draw: binarize,
    range: [0, 1],
  })
  await expect(fit(x)).rejects.toThrow('pass 0: example 2: [1] is 1.5, expected numbers from 0 to 1')
})

test('an error of the stream is told of with its place, and what came before is in the last checkpoint', async () => {
  const cause = new Error('disk is gone')
  const x = streamed(
    async function* (pass) {
      yield images.slice(0, 3)
      if (pass === 1) throw await Promise.resolve(cause)
      yield images.slice(3)
    },
    { size: SIZE },
  )
  const kept: Uint8Array[] = []
  const failure = fit(x, { onCheckpoint: (bytes: Uint8Array) => void kept.push(bytes) })
  await expect(failure).rejects.toThrow(`${who}pass 1 failed after 3 examples: disk is gone`)
  await expect(failure).rejects.toMatchObject({ cause })
  expect(kept.length).toBe(1)
  const [whole, rest] = [
    await fit(of([images])),
    await fit(of([images]), { from: kept[0]!, seed: undefined }),
  ]
  expect(rest.params).toEqual(whole.params)
})

test('a stream that cannot be opened is told of', async () => {
  const x = streamed(
    () => {
      throw new Error('no such file')
    },
    { size: SIZE },
  )
  await expect(fit(x)).rejects.toThrow(`${who}pass 0 failed after 0 examples: no such file`)
})

test('a step that fails is blamed on the site, as of data in memory', async () => {
  const run = (x: unknown) =>
    amortized(declared, {
      ...options,
      batch: { image: SIZE },
      epochs: 20,
      optimizer: sgd(1e30),
    }).fit({ x } as never, { seed: 0 })
  const [whole, stream] = [await run(images), await run(of([images]))]
  expect(whole.termination.kind).toBe('diverged')
  expect([stream.termination, stream.warnings[0]]).toEqual([whole.termination, whole.warnings[0]])
})

test('examples that are looked at again and again are no stream', async () => {
  const message = 'evaluation: site "x" (plate "image") is a stream: give arrays, for'
  await expect(fit(of([images]), { evaluation: { x: of([images]) } })).rejects.toThrow(message)
  await expect(fit(images as never, { evaluation: of([images]) })).rejects.toThrow(message)
})

test('a worker takes no stream', async () => {
  await expect(fit(of([images]), { worker: true })).rejects.toThrow('leave one of them out')
})

test('a step takes no more examples than a pass gives', async () => {
  const large = amortized(declared, { ...options, batch: { image: 5 } })
  await expect(large.fit({ x: of([images]) }, { seed: 0 })).rejects.toThrow(
    'batch: plate "image" has 4 elements: expected a whole number 1 … 4, got 5',
  )
})
