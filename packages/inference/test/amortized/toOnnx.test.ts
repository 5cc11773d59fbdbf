import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import { add, concat, constant, exp, mul } from '@variate/core/ops'
import { bernoulli, categorical, normal } from '@variate/distributions'
import {
  diagonalNormal,
  fullNormal,
  isotropicNormal,
  planarFlow,
  type ConditionalHead,
} from '@variate/families'
import { enumerated } from '@variate/estimators'
import { amortized } from '@variate/inference'
import {
  convTranspose2d,
  dense,
  flatten,
  guide,
  mlp,
  model,
  positive,
  reshape,
  sequential,
} from '@variate/language'
import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'

const PIXELS = 6
const vae = model('vae')
  .network('decoder', mlp([2, 4, PIXELS], { activation: 'tanh' }))
  .plate('image', 'n', (i) =>
    i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )
const network = mlp([PIXELS, 5], { output: 'relu' })
/** Brightnesses between 0 and 1. */
const greys = (count: number, width = PIXELS) =>
  Array.from({ length: count }, (_, i) =>
    Array.from({ length: width }, (_, j) => 0.5 + 0.5 * Math.sin(3 * i + 7 * j)),
  )
const pixels = (count: number) => greys(count).map((row) => row.map((x) => +(x > 0.5)))
const codes = (count: number, width = 2) => greys(count, width).map((row) => row.map((x) => 4 * x - 2))

type Rows = readonly (readonly number[])[]

/** What ONNX Runtime gives. */
async function ran(
  bytes: Uint8Array,
  given: Readonly<Record<string, Rows>>,
  type: 'float32' | 'float64' = 'float32',
) {
  const session = await ort.InferenceSession.create(bytes)
  expect([...session.inputNames]).toEqual(Object.keys(given))
  const feeds = Object.entries(given).map(([name, rows]) => [
    name,
    new ort.Tensor(type, (type === 'float32' ? Float32Array : Float64Array).from(rows.flat()), [
      rows.length,
      rows[0]!.length,
    ]),
  ])
  const results = await session.run(Object.fromEntries(feeds))
  await session.release()
  return results
}

/** Differences of what is given from what is expected, at most. */
function apart(got: ort.Tensor | undefined, expected: Pick<NdArray, 'data' | 'shape'>): number {
  expect(got?.dims).toEqual(expected.shape)
  const data = got!.data as Float32Array
  return Math.max(...Array.from(expected.data, (x, i) => Math.abs(x - data[i]!)))
}

type Outputs = Readonly<Record<string, ort.Tensor>>

/** Of q by a family what else its model tells, which is its variances again. */
const FAMILIES: readonly (readonly [
  string,
  () => ConditionalHead,
  readonly string[],
  (q: Outputs) => readonly number[],
])[] = [
  ['diagonalNormal', diagonalNormal, ['parameters.z.loc', 'parameters.z.scale'], squaredScales],
  ['isotropicNormal', isotropicNormal, ['parameters.z.loc', 'parameters.z.scale'], squaredScales],
  ['fullNormal', fullNormal, ['covariance.z'], diagonals],
]

function squaredScales(q: Outputs): readonly number[] {
  return Array.from(q['parameters.z.scale']!.data as Float32Array, (scale) => scale ** 2)
}

function diagonals(q: Outputs): readonly number[] {
  return [...(q['covariance.z']!.data as Float32Array)].filter((_, i) => i % 4 === 0 || i % 4 === 3)
}

test.each(FAMILIES)(
  'models of encoder and decoder give what the fit gives, of any number of examples: %s',
  async (_, family, names, variances) => {
    const encoder = { z: { from: 'x', network, family: family() } } as const
    const fit = await amortized(vae, { encoder, epochs: 5 }).fit({ x: pixels(9) }, { seed: 0 })
    const before = tf.memory().numTensors
    const models = { encoder: await fit.toOnnx('encoder'), decoder: await fit.toOnnx('decoder') }
    expect(tf.memory().numTensors).toBe(before)
    for (const count of [1, 70]) {
      const { mean, variance } = await fit.encode(greys(count))
      const q = await ran(models.encoder, { x: greys(count) })
      expect(Object.keys(q)).toEqual(['mean.z', 'variance.z', ...names])
      expect(apart(q['mean.z'], mean.z)).toBeLessThan(1e-5)
      expect(apart(q['variance.z'], variance.z)).toBeLessThan(1e-5)
      const again = { data: Float64Array.from(variances(q)), shape: variance.z.shape }
      expect(apart(q['variance.z'], again)).toBeLessThan(1e-6)
      const { x } = await fit.decode(codes(count))
      const p = await ran(models.decoder, { z: codes(count) })
      expect(apart(p['mean.x'], x)).toBeLessThan(1e-5)
      const logits = x.data.map((own) => Math.log(own / (1 - own)))
      expect(apart(p['parameters.x.logits'], { data: logits, shape: x.shape })).toBeLessThan(1e-5)
    }
  },
)

test('a guide, positive latents and parameters, noise that is fitted', async () => {
  const scaled = model('scaled')
    .param('noise', positive())
    .network('decoder', mlp([1, 3]))
    .plate('row', 'n', (row) =>
      row
        .latent('z', normal([0], 1))
        .observed('x', ({ z, decoder, noise }) => normal(decoder(exp(z)), noise)),
    )
  const q = guide(scaled)
    .network('encoder', mlp([3, 4], { output: 'tanh' }))
    .network('loc', mlp([4, 1]))
    .plate('row', 'n', (row) => row.latent('z', ({ x, encoder, loc }) => normal(loc(encoder(x)), 0.25)))
  const fit = await amortized(scaled, { guide: q, epochs: 20 }).fit({ x: codes(7, 3) }, { seed: 1 })
  const { mean } = await fit.encode(codes(4, 3))
  const told = await ran(await fit.toOnnx('encoder'), { x: codes(4, 3) })
  expect(apart(told['mean.z'], mean.z)).toBeLessThan(1e-5)
  expect([...(told['parameters.z.scale']!.data as Float32Array)]).toEqual([0.25, 0.25, 0.25, 0.25])
  const { x } = await fit.decode(mean)
  const rows = Array.from(mean.z.data, (z) => [z])
  const decoded = await ran(await fit.toOnnx('decoder'), { z: rows })
  expect(apart(decoded['mean.x'], x)).toBeLessThan(1e-5)
  const noise = fit.params.noise.data[0]!
  for (const own of decoded['parameters.x.scale']!.data as Float32Array) expect(own).toBeCloseTo(noise, 5)
})

test('inputs that a part does not read are none of its model', async () => {
  const conditional = model('conditional')
    .network('decoder', mlp([4, 3]))
    .plate('row', 'n', (row) =>
      row
        .input('y')
        .latent('z', normal([0, 0], 1))
        .observed('x', ({ z, y, decoder }) => normal(decoder(concat([z, y], 0)), 1)),
    )
  const encoder = { z: { from: 'x', network: mlp([3, 4]) } } as const
  const data = { x: codes(5, 3), y: codes(5) }
  const fit = await amortized(conditional, { encoder, epochs: 3 }).fit(data, { seed: 0 })
  const { mean } = await fit.encode(data)
  const q = await ran(await fit.toOnnx('encoder'), { x: data.x })
  expect(apart(q['mean.z'], mean.z)).toBeLessThan(1e-5)
  const both = { y: data.y, z: codes(5) }
  const p = await ran(await fit.toOnnx('decoder'), both)
  expect(apart(p['mean.x'], (await fit.decode(both)).x)).toBeLessThan(1e-5)
})

test('images by convolutions, and a model in float64', async () => {
  const decoder = sequential([
    dense(1, 4),
    (shape) => reshape(shape, [2, 2, 1]),
    convTranspose2d([2, 2, 1], 1, { kernel: 2, strides: 2 }),
    flatten,
  ])
  const images = model('images')
    .network('decoder', decoder)
    .plate('image', 'n', (i) =>
      i.latent('z', normal([0], 1)).observed('x', ({ z, decoder: f }) => bernoulli({ logits: f(z) })),
    )
  const encoder = { z: { from: 'x', network: mlp([16, 3]) } } as const
  const x = greys(4, 16).map((row) => row.map((own) => +(own > 0.5)))
  const fit = await amortized(images, { encoder, epochs: 2 }).fit({ x }, { seed: 0 })
  const p = await ran(await fit.toOnnx('decoder'), { z: codes(3, 1) })
  expect(apart(p['mean.x'], (await fit.decode(codes(3, 1))).x)).toBeLessThan(1e-5)

  const line = model('line')
    .param('slope', positive())
    .plate('row', 'n', (row) =>
      row.latent('z', normal([0], 1)).observed('x', ({ z, slope }) => normal(add(1, mul(slope, z)), 0.5)),
    )
  const exact = await amortized(line, { encoder: { z: { from: 'x', network: mlp([1, 2]) } }, epochs: 3 }).fit(
    { x: codes(4, 1) },
    { seed: 0 },
  )
  const { mean } = await exact.encode(codes(4, 1))
  const told = await ran(await exact.toOnnx('encoder'), { x: codes(4, 1) }, 'float64')
  expect(apart(told['mean.z'], mean.z)).toBeLessThan(1e-12)
})

test('discrete latents have probabilities, and what has no mean has no model of a decoder', async () => {
  const mixture = model('mixture').plate('row', 'n', (row) =>
    row
      .latent('c', bernoulli({ probs: 0.5 }))
      .observed('x', ({ c }) => categorical({ logits: mul(c, constant([0, 1, 2])) })),
  )
  const encoder = { c: { from: 'x', network: mlp([1, 4]) } } as const
  const fit = await amortized(mixture, { encoder, estimator: enumerated(), epochs: 2 }).fit(
    { x: [0, 1, 2] },
    { seed: 0 },
  )
  const session = await ort.InferenceSession.create(await fit.toOnnx('encoder'))
  const { 'probabilities.c': told } = await session.run({ x: new ort.Tensor('int32', [2, 0], [2]) })
  await session.release()
  expect(apart(told, (await fit.encode([2, 0])).probabilities.c!)).toBeLessThan(1e-5)
  await expect(fit.toOnnx('decoder')).rejects.toThrow('site "x" (plate "row") has no mean')
})

test('what has nothing in closed form, and other parts, are refused', async () => {
  const encoder = { z: { from: 'x', network, family: planarFlow({ layers: 1 }) } } as const
  const fit = await amortized(vae, { encoder, epochs: 1 }).fit({ x: pixels(3) }, { seed: 0 })
  await expect(fit.toOnnx('encoder')).rejects.toThrow(
    'model "vae": amortized: toOnnx: q of "z" has nothing in closed form',
  )
  expect((await fit.toOnnx('decoder')).length).toBeGreaterThan(100)
  await expect(fit.toOnnx('both' as never)).rejects.toThrow(
    `the part must be 'encoder' or 'decoder', got "both"`,
  )
})
