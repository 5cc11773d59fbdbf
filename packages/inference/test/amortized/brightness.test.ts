import '@tensorflow/tfjs-backend-cpu'
import { NdArray } from '@variate/core'
import { cast, drawUniform, less, mul, sub, type AnyKey } from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'
import { bernoulli, normal } from '@variate/distributions'
import { amortized } from '@variate/inference'
import { guide, mlp, model, real } from '@variate/language'
import { expect, test } from 'vitest'

// Examples whose pixels are brightnesses.

const PIXELS = 3
const vae = model('vae')
  .network('decoder', mlp([1, PIXELS]))
  .plate('image', 'n', (i) =>
    i.latent('z', normal([0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )
const byEncoder = amortized(vae, { encoder: { z: { from: 'x', network: mlp([PIXELS, 2]) } }, epochs: 1 })
const images = [
  [0, 1, 0],
  [1, 1, 0],
]
const greys = images.map((row) => row.map((x) => 0.25 + 0.5 * x))
const resampled = (values: NdArray) => ({
  kind: 'resampled' as const,
  values,
  draw: (key: AnyKey, x: Tensor) => less(drawUniform(key, x.shape), x),
})
const halves = (rows: number) => new NdArray(new Float64Array(rows).fill(0.5), [rows])

test('a number that is no brightness is named, not the brightnesses beside it', async () => {
  const fit = await byEncoder.fit({ x: images }, { seed: 0 })
  const wrong = greys.map((row, i) => (i === 1 ? row.with(2, 1.5) : row))
  await expect(fit.encode(wrong)).rejects.toThrow(
    'encode: site "x" (plate "image"): brightnesses must be from 0 to 1, got 1.5 at [1,2]',
  )
  await expect(fit.evaluate(wrong, { seed: 0 })).rejects.toThrow('got 1.5 at [1,2]')
})

test('brightnesses that are given to be fitted are refused with what to do', async () => {
  await expect(byEncoder.fit({ x: greys }, { seed: 0 })).rejects.toThrow(
    'data must be whole numbers, got 0.25 at [0,0]: brightnesses are drawn as pixels of 0 and 1 in each step, by resampled(x, binarize), or',
  )
  // What is no brightness either has no such advice.
  await expect(byEncoder.fit({ x: [[0.5, 2, 0]] }, { seed: 0 })).rejects.toThrow(/got 0.5 at \[0,0\]$/)
})

test('missing pixels are refused where the encoder reads them, and count for nothing where it does not', async () => {
  const fit = await byEncoder.fit({ x: images }, { seed: 0 })
  const lost = greys.map((row, i) => (i === 1 ? null : row))
  await expect(fit.encode(lost)).rejects.toThrow(
    'encode: site "x" (plate "image") has missing values, which the encoder cannot read',
  )
  const q = guide(vae)
    .param('m', real([1]))
    .plate('image', 'n', (i) => i.latent('z', ({ m }) => normal(m, 1)))
  const blind = await amortized(vae, { guide: q, epochs: 1 }).fit({ x: images }, { seed: 0 })
  const of = (x: unknown) => blind.evaluate(x as never, { seed: 0, draws: 4000 })
  const bright = [0, 1 - 1e-9, 0]
  const [whole, half] = [await of([bright]), await of([bright, null])]
  // The second image has no pixel, so that its log p(x | z) is 0.
  expect(2 * half.reconstruction).toBeCloseTo(whole.reconstruction, 1)
})

test('data that are drawn afresh in a fit may be evaluated, and are one draw of them', async () => {
  const grey = new NdArray(Float64Array.from(greys.flat()), [2, PIXELS])
  const fit = await byEncoder.fit({ x: resampled(grey) }, { seed: 0, evaluation: { x: resampled(grey) } })
  expect(fit.history[0]!.evaluation).toBeLessThan(0)
  const bounds = new Set<number>()
  for (let seed = 0; seed < 8; seed++)
    bounds.add((await fit.evaluate(resampled(grey), { seed, draws: 2 })).elbo)
  expect(bounds.size).toBe(8)
  expect((await fit.encode(resampled(grey))).mean).toEqual((await fit.encode(greys)).mean)
})

test('pixels of one site are drawn independently of those of another', async () => {
  const same = model('same').plate('i', 'n', (i) =>
    i
      .latent('z', normal(0, 1))
      .observed('x', bernoulli({ probs: 0.5 }))
      .observed('y', ({ x }) => bernoulli({ logits: mul(20, sub(mul(2, cast(x, 'float32')), 1)) })),
  )
  const [x, y] = [halves(200), halves(200)]
  const fit = await amortized(same, {
    encoder: { z: { from: 'x', network: mlp([1, 1]) } },
    epochs: 1,
  }).fit({ x: resampled(x), y: resampled(y) }, { seed: 0 })
  // log ½ for x; y is another in half of the examples, at −20 nats: 10 ± 0.7 in the mean over 200.
  expect(Math.abs(fit.elbo + Math.log(2) + 10)).toBeLessThan(3.5)
  const { reconstruction } = await fit.evaluate({ x, y }, { seed: 1, draws: 2 })
  expect(Math.abs(reconstruction + Math.log(2) + 10)).toBeLessThan(3.5)
})
