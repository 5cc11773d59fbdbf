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

const algorithms = {
  'an encoder': amortized(vae, {
    ...options,
    encoder: { z: { from: 'x', network: mlp([PIXELS, 16], { output: 'relu' }), family: diagonalNormal() } },
  }),
  'a guide': amortized(vae, { ...options, guide: q }),
}

test.each(Object.entries(algorithms))(
  'a variational autoencoder is fitted, applied to images, saved and loaded: %s',
  async (_, vaeByVI) => {
    const before = memory().numTensors
    const told: AmortizedProgress[] = []
    const fit = await vaeByVI.fit({ x: pixels }, { seed: 0, onProgress: (now) => told.push(now) })
    expect(fit.termination).toEqual({ kind: 'limit' })
    expect(fit.history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 40 }, (__, i) => i + 1))
    expect(fit.history[0]!.elbo).toBeLessThan(fit.elbo - 2)
    expect(Math.abs(fit.elbo - best)).toBeLessThan(1.2)
    expect(told.at(-1)!.text).toMatch(
      /^epoch 40\/40 █{20} elbo -\d+\.\d+ = -\d+\.\d+ − \d+\.\d+ nats, 0:00 left$/,
    )

    const images = new NdArray(grey.data.slice(0, 4 * PIXELS), [4, PIXELS])
    const { mean, variance } = await fit.encode(images)
    expect([mean.z.shape, variance.z.shape]).toEqual([[4, 2], [4, 2]]) // prettier-ignore
    const again = (await fit.reconstruct(images)).x
    expect(again.data.every((x, at) => Math.abs(x - images.data[at]!) < 0.2)).toBe(true)
    expect(await fit.decode(mean.z)).toEqual({ x: again })
    const fresh = await fit.sample(16, { seed: 1 })
    expect([fresh.x.shape, fresh.z.shape]).toEqual([[16, PIXELS], [16, 2]]) // prettier-ignore
    expect((await fit.sampleLatents(images, 3, { seed: 1 })).z.shape).toEqual([3, 4, 2])
    const { logLikelihood, standardError } = await fit.estimateLogLikelihood(images, {
      particles: 100,
      seed: 2,
    })
    expect(logLikelihood).toBeLessThan(0)
    expect(standardError).toBeGreaterThan(0)
    expect(fit.summary()).toMatch(
      /^vae: limit after 40 epochs, elbo -\d+\.\d{3} ± 0\.\d{3} nats for each example\nepoch 36: /,
    )

    const loaded = await vaeByVI.load(fit.toBytes())
    expect(await loaded.encode(images)).toEqual(await fit.encode(images))
    expect([loaded.elbo, loaded.history, loaded.params]).toEqual([fit.elbo, fit.history, fit.params])
    expect(memory().numTensors).toBe(before)
  },
)

test('data that come in parts are read as one array', async () => {
  const fixed = new NdArray(Int32Array.from(grey.data, Math.round), grey.shape)
  const ends = [10, 40, 60]
  async function* parts() {
    for (const [i, to] of ends.entries()) {
      const rows = fixed.data.slice((ends[i - 1] ?? 0) * PIXELS, to * PIXELS)
      yield await Promise.resolve(new NdArray(rows, [rows.length / PIXELS, PIXELS]))
    }
  }
  const algorithm = amortized(vae, { ...options, epochs: 2, guide: q })
  const whole = await algorithm.fit({ x: fixed }, { seed: 0 })
  expect((await algorithm.fit({ x: parts() }, { seed: 0 })).params).toEqual(whole.params)
})

test('pixels are drawn afresh in each step, and by the key alone', async () => {
  const algorithm = amortized(vae, { ...options, epochs: 2, guide: q })
  const fitOf = (seed: number, x: typeof pixels = pixels) => algorithm.fit({ x }, { seed })
  const one = await fitOf(0)
  expect((await fitOf(0)).toBytes()).toEqual(one.toBytes())
  // Brightnesses of 0 and 1 are drawn as what they are.
  const sharp = { ...pixels, values: new NdArray(grey.data.map(Math.round), grey.shape) }
  const whole = await algorithm.fit(
    { x: new NdArray(Int32Array.from(sharp.values.data), grey.shape) },
    { seed: 0 },
  )
  expect((await fitOf(0, sharp)).params).toEqual(whole.params)
  expect(one.params).not.toEqual(whole.params)
  const lost = { ...pixels, draw: () => drawUniform([0, 0] as never, [1]) }
  await expect(algorithm.fit({ x: lost }, { seed: 0 })).rejects.toThrow(
    'resampled data of "x": the draw has shape [1], expected [60,12]',
  )
})
