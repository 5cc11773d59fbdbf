import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { drawUniform, less } from '@variate/core/ops'
import { bernoulli, normal } from '@variate/distributions'
import { diagonalNormal } from '@variate/families'
import { adam, amortized, type AmortizedProgress } from '@variate/inference'
import { guide, mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

// The fifth program of the design, with images of 12 pixels: bars that are dark on one of two sides.

const PIXELS = 12
const grey = new NdArray(
  Float32Array.from({ length: 60 * PIXELS }, (_, at) => {
    const [row, pixel] = [Math.floor(at / PIXELS), at % PIXELS]
    return pixel < PIXELS / 2 === (row % 2 === 0) ? 0.95 : 0.05
  }),
  [60, PIXELS],
)
/** What `resampled(grey, binarize)` of @variate/data gives. */
const pixels = {
  kind: 'resampled',
  values: grey,
  draw: (key: Parameters<typeof drawUniform>[0], x: ReturnType<typeof drawUniform>) =>
    less(drawUniform(key, x.shape), x),
} as const

const vae = model('vae')
  .network('decoder', mlp([2, 16, PIXELS], { activation: 'relu', output: 'linear' }))
  .plate('image', 'n', (i) =>
    i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )
const q = guide(vae)
  .network('encoder', mlp([PIXELS, 16], { output: 'relu' }))
  .network('loc', mlp([16, 2]))
  .network('scale', mlp([16, 2], { output: 'softplus' }))
  .plate('image', 'n', (i) =>
    i.latent('z', ({ x, encoder, loc, scale }) => {
      const h = encoder(x)
      return normal(loc(h), scale(h))
    }),
  )
const options = { batch: { image: 16 }, epochs: 40, optimizer: adam({ rate: 0.01 }) } as const
/** log p of a side's pixels where nothing is left to be known but the side: −H, and log 2 for the side. */
const best = -PIXELS * -(0.95 * Math.log(0.95) + 0.05 * Math.log(0.05)) - Math.log(2)

test.each([
  [
    'an encoder',
    {
      encoder: { z: { from: 'x', network: mlp([PIXELS, 16], { output: 'relu' }), family: diagonalNormal() } },
    },
  ],
  ['a guide', { guide: q }],
] as const)('a variational autoencoder is fitted, applied to images, saved and loaded: %s', async (_, of) => {
  const before = memory().numTensors
  const vaeByVI = amortized(vae, { ...of, ...options } as never)
  const told: AmortizedProgress[] = []
  const fit = await vaeByVI.fit({ x: pixels } as never, { seed: 0, onProgress: (now) => void told.push(now) })
  expect(fit.termination).toEqual({ kind: 'limit' })
  expect(fit.history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 40 }, (__, i) => i + 1))
  expect(fit.history[0]!.elbo).toBeLessThan(fit.elbo - 2)
  expect(Math.abs(fit.elbo - best)).toBeLessThan(1.2)
  expect(told.at(-1)!.text).toMatch(
    /^epoch 40\/40 █{20} elbo -\d+\.\d+ = -\d+\.\d+ − \d+\.\d+ nats, 0:00 left$/,
  )

  const images = new NdArray(grey.data.slice(0, 4 * PIXELS), [4, PIXELS])
  const { mean, variance } = (await fit.encode(images as never)) as never as Record<
    string,
    Record<string, NdArray>
  >
  expect([mean!['z']!.shape, variance!['z']!.shape]).toEqual([
    [4, 2],
    [4, 2],
  ])
  const again = ((await fit.reconstruct(images as never)) as never as { x: NdArray }).x
  expect(again.data.every((x, at) => Math.abs(x - images.data[at]!) < 0.2)).toBe(true)
  expect(await fit.decode(mean as never)).toEqual({ x: again })
  const fresh = (await fit.sample(16, { seed: 1 })) as never as { x: NdArray; z: NdArray }
  expect([fresh.x.shape, fresh.z.shape]).toEqual([
    [16, PIXELS],
    [16, 2],
  ])
  const { logLikelihood, standardError } = await fit.estimateLogLikelihood(images as never, {
    particles: 100,
    seed: 2,
  })
  expect(logLikelihood).toBeLessThan(0)
  expect(standardError).toBeGreaterThan(0)

  const loaded = await vaeByVI.load(fit.toBytes())
  expect(await loaded.encode(images as never)).toEqual(await fit.encode(images as never))
  expect([loaded.elbo, loaded.history, loaded.params]).toEqual([fit.elbo, fit.history, fit.params])
  expect(memory().numTensors).toBe(before)
})
