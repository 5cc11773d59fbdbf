import '@tensorflow/tfjs-backend-cpu'
import { ndarray } from '@variate/core'
import { binarize, resampled } from '@variate/data'
import { bernoulli } from '@variate/distributions'
import { sgd } from '@variate/inference'
import { expect, test } from 'vitest'
import { bernoulliDecoder, diagonalGaussianDecoder, vae } from '../../src/autoencoder/index.ts'

const PIXELS = 6
const small = { data: PIXELS, latents: 2, hidden: [4], batch: 2, epochs: 2 } as const
const images = Array.from({ length: 5 }, (_, i) =>
  Array.from({ length: PIXELS }, (_pixel, j) => +(Math.sin(3 * i + 7 * j) > 0)),
)
const withPixel = (pixel: number) => images.map((row, i) => (i === 3 ? row.with(1, pixel) : row))
const SITE = 'model "vae": amortized: site "x" (plate "example")'

/** Parts of a stream of images. */
async function* streamed(...parts: readonly (readonly (readonly number[])[])[]) {
  yield* parts
}

test.each([
  ['a pixel above 1', withPixel(1.5), `${SITE}: data must be whole numbers, got 1.5 at [3,1]`],
  ['a pixel that is 2', withPixel(2), `${SITE}: 2 at [3,1] is outside the support of its bernoulli`],
  ['a pixel below 0', withPixel(-1), `${SITE}: -1 at [3,1] is outside the support of its bernoulli`],
  ['a pixel that is NaN', withPixel(NaN), `${SITE}: data are NaN at [3,1]`],
  ['no images', [], 'data are empty'],
  [
    'images of another size',
    images.map((row) => row.slice(1)),
    'bernoulli logits have shape [6], data have shape [5]; the last layer of network "decoder" gives 6',
  ],
  [
    'images of unequal sizes',
    [...images, [0, 1]],
    `${SITE}: data are ragged: the first row makes the shape [6,6], and there is a row of 2`,
  ],
  [
    'a stream with a pixel that is NaN',
    streamed(images, withPixel(NaN)),
    '"x": part 1: data are NaN at [3,1]',
  ],
  [
    'a stream whose images are of two sizes',
    streamed(images, [[0, 1]]),
    'part 1 has examples of shape [2], expected [6]',
  ],
  ['an empty stream', streamed(), 'the iterable gave nothing'],
])('%s is refused before the first step', async (_, x, message) => {
  await expect(vae(small).fit({ x: x as never }, { seed: 0 })).rejects.toThrow(message)
})

test('brightnesses that are drawn afresh are refused outside of [0, 1], with their row', () => {
  const grey = (x: number) => ndarray(Float64Array.from(withPixel(x).flat()), [5, PIXELS])
  expect(() => resampled(grey(1.5), binarize)).toThrow('row 3 has 1.5 at [1], expected numbers from 0 to 1')
  expect(() => resampled(grey(-0.1), binarize)).toThrow('row 3 has -0.1 at [1]')
  expect(() => resampled(grey(NaN), binarize)).toThrow('row 3 has NaN at [1]')
})

test('a decoder that gives too few numbers is named, and its site', async () => {
  const narrow = { ...bernoulliDecoder(), width: (data: number) => data - 2 }
  await expect(vae({ ...small, decoder: narrow }).fit({ x: images }, { seed: 0 })).rejects.toThrow(
    'site "x" (plate "example"): bernoulli logits have shape [4], data have shape [6]; the last layer of network "decoder" gives 4',
  )
  const own = {
    name: 'halves',
    width: (data: number) => data,
    distribution: () => bernoulli({ probs: [0.5, 0.5] }),
  }
  await expect(vae({ ...small, decoder: own }).fit({ x: images }, { seed: 0 })).rejects.toThrow(
    'site "x" (plate "example")',
  )
})

test('fewer images than a step takes are said, and what a step may take', async () => {
  await expect(vae({ ...small, batch: 6 }).fit({ x: images }, { seed: 0 })).rejects.toThrow(
    'batch: plate "example" has 5 elements: expected a whole number 1 … 5, got 6',
  )
})

test('where a batch does not divide the images, each of them is taken in each epoch', async () => {
  // Five images, two a step: 3 steps, then 2, since the last of the first epoch has taken one of the second.
  const { history } = await vae(small).fit({ x: images }, { seed: 0 })
  expect(history.map(({ step }) => step)).toEqual([3, 5])
})

test('a run that diverges ends with the last good parameters, and says where and what to do', async () => {
  const x = images.map((row, i) => row.map((own, j) => own + Math.sin(i + 2 * j)))
  const fit = await vae({
    ...small,
    decoder: diagonalGaussianDecoder(),
    optimizer: sgd(1e6),
    epochs: 20,
  }).fit({ x }, { seed: 0 })
  expect(fit.termination.kind).toBe('diverged')
  expect(fit.termination).toHaveProperty('step')
  expect(fit.warnings[0]).toContain('take a smaller rate')
  for (const { weights, bias } of fit.params.decoder as never as readonly Record<
    string,
    { data: Float32Array }
  >[])
    for (const { data } of [weights!, bias!]) expect(data.every(Number.isFinite)).toBe(true)
  // What it has as bytes is loaded as any other.
  const again = await vae({
    ...small,
    decoder: diagonalGaussianDecoder(),
    optimizer: sgd(1e6),
    epochs: 20,
  }).load(fit.toBytes())
  expect(again.termination).toEqual(fit.termination)
})
