import '@tensorflow/tfjs-backend-cpu'
import { bernoulli, normal } from '@variate/distributions'
import { reparameterization, scoreFunction } from '@variate/estimators'
import { diagonalNormal } from '@variate/families'
import { amortized } from '@variate/inference'
import { guide, mlp, model } from '@variate/language'
import { add } from '@variate/core/ops'
import { expect, expectTypeOf, test } from 'vitest'
import type { NdArray } from '@variate/core'

const pairs = model('pairs').plate('item', 'n', (item) =>
  item
    .input('u')
    .latent('z', normal(0, 1))
    .observed('x', ({ z, u }) => normal(add(z, u), 1)),
)
const coins = model('coins').plate('item', 'n', (item) =>
  item.latent('c', bernoulli({ probs: 0.5 })).observed('x', ({ c }) => normal(c, 1)),
)
const [network, family] = [mlp([1, 2]), diagonalNormal()]
const encoder = { z: { from: 'x', network, family } } as const

test('names of latents, data and plates are checked by the type checker, and when they are used', async () => {
  const data = { x: [1, 2], u: [0, 1] }
  const fitted = (options: object) => amortized(pairs, options as never).fit(data, { seed: 0 })
  // @ts-expect-error '"w"' is not assignable to '"x" | "u" | …'
  void (() => amortized(pairs, { encoder: { z: { from: 'w', network } } }))
  await expect(fitted({ encoder: { z: { from: 'w', network } } })).rejects.toThrow(
    '"w" is no observed site or input',
  )
  // @ts-expect-error a latent is no data
  void (() => amortized(pairs, { encoder: { z: { from: ['x', 'z'], network } } }))
  const read = { from: 'x', network } as const
  // @ts-expect-error 'w' does not exist
  void (() => amortized(pairs, { encoder: { z: read, w: read } }))
  await expect(fitted({ encoder: { ...encoder, w: { from: 'x', network } } })).rejects.toThrow(
    '"w" is no latent',
  )
  // @ts-expect-error 'z' is missing
  void (() => amortized(pairs, { encoder: {} }))
  // @ts-expect-error 'page' does not exist
  void (() => amortized(pairs, { encoder, batch: { page: 1 } }))
  // @ts-expect-error '"there is no latent …"'
  void (() => amortized(pairs, { guide: guide(pairs) }))
})

test('an estimator must take the latents', async () => {
  // @ts-expect-error '"c" is discrete, and an estimator has to be given that takes it: …'
  void (() => amortized(coins, { encoder: { c: { from: 'x', network } } }))
  // @ts-expect-error 'this estimator differentiates draws, and "c" is discrete: …'
  const wrong = amortized(coins, { encoder: { c: { from: 'x', network } }, estimator: reparameterization() })
  await expect(wrong.fit({ x: [1] }, { seed: 0 })).rejects.toThrow('"c" is discrete')
  expect(
    amortized(coins, { encoder: { c: { from: 'x', network } }, estimator: scoreFunction() }),
  ).toBeDefined()
})

test('results are typed by the names of sites', async () => {
  const fit = await amortized(pairs, { encoder, epochs: 1 }).fit({ x: [1, 2], u: [0, 1] }, { seed: 0 })
  const encoded = await fit.encode({ x: [1], u: [0] })
  expectTypeOf(encoded.mean.z).toEqualTypeOf<NdArray<Float64Array>>()
  // @ts-expect-error Property 'x' does not exist
  expect(encoded.mean.x).toBeUndefined()
  const decoded = await fit.decode({ z: [1], u: [0] })
  expect(decoded.x.toNested()).toEqual([1])
  // @ts-expect-error Property 'z' does not exist
  expect(decoded.z).toBeUndefined()
  const given = { u: encoded.mean.z }
  const { x, z } = await fit.sample(1, { seed: 0, given })
  await expect(fit.sample(2, { seed: 0, given })).rejects.toThrow('"u" is of 1 examples, expected 2')
  await expect(fit.sample(2, { seed: 0 })).rejects.toThrow('site "u" (plate "item") must be given')
  expect([x.shape, z.shape]).toEqual([[1], [1]])
  expect((await fit.reconstruct({ x: [1, 2], u: [5, 6] })).x.data.length).toBe(2)
  // @ts-expect-error there are two sites: values need names
  await expect(fit.encode([1])).rejects.toThrow('expected a record of u, x, got')
})

test('a fit begins with a seed or a key, or goes on from bytes', async () => {
  const algorithm = amortized(pairs, { encoder, epochs: 1 })
  const data = { x: [1, 2], u: [0, 1] }
  const from: Uint8Array | undefined = undefined
  void (() => algorithm.fit(data, { from: new Uint8Array(1) }))
  void (() => algorithm.fit(data, { seed: 0, from }))
  // @ts-expect-error there may be no bytes, and then there is no seed
  await expect(algorithm.fit(data, { from })).rejects.toThrow('a seed or a key must be given')
})
