import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { FormatError, safetensors, type NdArray } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import { diagonalNormal, isotropicNormal } from '@variate/families'
import { adam, amortized, decodeCheckpoint, encodeCheckpoint, sgd } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'
import oracle from './oracles/vae.json' with { type: 'json' }

/** Of a fit of ours, which Python's safetensors reads: oracles/generate.py. */
const FILE = new Uint8Array(readFileSync(new URL('oracles/vae.safetensors', import.meta.url)))

const PIXELS = 6
const pixels = Array.from({ length: 12 }, (_, i) =>
  Array.from({ length: PIXELS }, (_pixel, j) => +(Math.sin(3 * i + 7 * j) > 0)),
)

interface Changed {
  readonly name?: string
  readonly hidden?: number
  readonly latents?: number
  readonly activation?: 'tanh' | 'relu'
  readonly output?: 'relu' | 'tanh'
  readonly scale?: number
  readonly rate?: number
}
/** The autoencoder of the file, but for what is changed. */
const changed = ({
  name = 'vae',
  hidden = 4,
  latents = 2,
  activation = 'tanh',
  output = 'relu',
  scale = 1,
}: Changed) => {
  const zeros = Array.from({ length: latents }, () => 0)
  const own = model(name)
    .network('decoder', mlp([latents, hidden, PIXELS], { activation }))
    .plate('image', 'n', (i) =>
      i
        .latent('z', normal(zeros, scale))
        .observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
    )
  const encoder = {
    z: { from: 'x', network: mlp([PIXELS, 5], { output }), family: diagonalNormal() },
  } as const
  return { own, encoder }
}
const algorithmOf = (change: Changed) => {
  const { own, encoder } = changed(change)
  return amortized(own, { encoder, optimizer: adam({ rate: 0.05 }), batch: { image: 5 }, epochs: 20 })
}
/** The autoencoder of the file, which is what its fit to the pixels with the seed 0 has as bytes. */
const savedVae = algorithmOf({})

const apart = (got: NdArray, expected: readonly (readonly number[])[]): number =>
  Math.max(...expected.flat().map((x, i) => Math.abs(got.data[i]! - x)))

test('what NumPy makes of the networks that it reads is what the loaded fit gives', async () => {
  const fit = await savedVae.load(FILE)
  expect(fit.params.decoder).toHaveProperty('0.weights.shape', [4, 2])
  const { mean, variance } = await fit.encode(oracle.x)
  expect(apart(mean.z, oracle.mean)).toBeLessThan(1e-6)
  expect(apart(variance.z, oracle.variance)).toBeLessThan(1e-6)
  const { x } = await fit.decode(oracle.z)
  expect(apart(x, oracle.decoded)).toBeLessThan(1e-6)
})

test('a file has the tensors that Python reads, by the names of networks, layers and weights', async () => {
  const fit = await savedVae.fit({ x: pixels }, { seed: 0 })
  const { tensors, metadata } = safetensors.decode(fit.toBytes())
  const dtypes = {
    Float32Array: 'float32',
    Float64Array: 'float64',
    Int32Array: 'int32',
    Uint32Array: 'uint32',
  }
  const told = Object.entries(tensors).map(([name, { data, shape }]) => [
    name,
    { dtype: dtypes[data.constructor.name as keyof typeof dtypes], shape },
  ])
  expect(Object.fromEntries(told)).toEqual(oracle.tensors)
  expect(Object.keys(metadata).toSorted()).toEqual(oracle.metadata)
  expect(tensors['decoder.0.weights']!.toNested()).not.toEqual(oracle.weights.map((row) => row.map(() => 0)))
  expect(Object.keys(tensors)).toEqual(
    expect.arrayContaining(['z.network.0.bias', 'z.loc.weights', 'z.scale.bias']),
  )
})

test('the same, declared anew, loads', async () => {
  const { elbo } = await algorithmOf({}).load(FILE)
  expect(elbo).toBe((await savedVae.load(FILE)).elbo)
})

test.each<[string, Changed, string]>([
  ['another name', { name: 'digits' }, 'the bytes are of model "vae", expected "digits"'],
  [
    'a wider decoder',
    { hidden: 7 },
    'params.model.decoder.0.bias has shape [4], expected [7]: it was saved of a model or an encoder of another architecture',
  ],
  ['more latents', { latents: 3 }, 'params.guide.z.loc.bias has shape [2], expected [3]'],
  [
    'another activation',
    { activation: 'relu' },
    'computes otherwise, though its parameters have the same shapes: log p(x | z)',
  ],
  ['another activation of the encoder', { output: 'tanh' }, 'look for another activation or distribution'],
  [
    'another prior',
    { scale: 2 },
    'computes otherwise, though its parameters have the same shapes: KL(q ‖ p)',
  ],
])('a file of a model with %s is refused, and it is said what differs', async (_, change, message) => {
  const other = algorithmOf(change)
  await expect(other.load(FILE)).rejects.toThrow(FormatError)
  await expect(other.load(FILE)).rejects.toThrow(message)
  await expect(other.fit({ x: pixels }, { from: FILE })).rejects.toThrow(message)
})

test('a file whose example was impossible is not taken for one of a model where it is not', async () => {
  const saved = decodeCheckpoint('amortized', FILE) as { readonly likeness: object }
  const impossible = { ...saved, likeness: { ...saved.likeness, reconstruction: -Infinity } }
  await expect(savedVae.load(encodeCheckpoint('amortized', impossible as never))).rejects.toThrow(
    'and was -Infinity',
  )
})

test('another family of q, and another optimiser, are refused by name', async () => {
  const { own, encoder } = changed({})
  const narrow = { z: { ...encoder.z, family: isotropicNormal() } }
  await expect(amortized(own, { encoder: narrow, batch: { image: 5 } }).load(FILE)).rejects.toThrow(
    'params.guide.z.scale.bias has shape [2], expected [1]',
  )
  const plain = amortized(own, { encoder, batch: { image: 5 }, optimizer: sgd(0.1) })
  await expect(plain.load(FILE)).rejects.toThrow('it was saved with another family, estimator or optimizer')
})

test('what was loaded stays as it is when another file is refused, wherever that is damaged', async () => {
  const fit = await savedVae.load(FILE)
  const before = await fit.decode(oracle.z)
  const { numTensors } = tf.memory()
  for (let at = 0; at < FILE.length; at += 97) {
    const damaged = FILE.slice()
    damaged[at]! ^= 1 << (at % 8)
    await expect(savedVae.load(damaged), `byte ${at}`).rejects.toThrow(FormatError)
    await expect(savedVae.load(FILE.subarray(0, at)), `${at} bytes`).rejects.toThrow('the file was cut short')
  }
  await expect(algorithmOf({ activation: 'relu' }).load(FILE)).rejects.toThrow(FormatError)
  expect(tf.memory().numTensors).toBe(numTensors)
  expect(await fit.decode(oracle.z)).toEqual(before)
  expect(fit.toBytes()).toEqual(FILE)
})
