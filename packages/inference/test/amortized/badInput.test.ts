import '@tensorflow/tfjs-backend-cpu'
import { constant, exp, mul } from '@variate/core/ops'
import { bernoulli, categorical, normal } from '@variate/distributions'
import { enumerated } from '@variate/estimators'
import { adam, amortized, sgd } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

const PIXELS = 6
const autoencoder = (outputs = PIXELS) =>
  model('vae')
    .network('decoder', mlp([2, outputs]))
    .plate('image', 'n', (i) =>
      i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
    )
const vae = autoencoder()
const encoder = { z: { from: 'x', network: mlp([PIXELS, 4]) } } as const
const options = { encoder, epochs: 1 } as const
const images = [
  [0, 1, 0, 1, 1, 0],
  [1, 1, 0, 0, 1, 0],
  [0, 1, 1, 1, 0, 0],
]
const withPixel = (pixel: number) => images.map((row, i) => (i === 1 ? row.with(3, pixel) : row))

test.each([
  [
    'a pixel above 1',
    { x: withPixel(1.5) },
    'site "x" (plate "image"): data must be whole numbers, got 1.5 at [1,3]',
  ],
  [
    'a pixel of another number',
    { x: withPixel(2) },
    'site "x" (plate "image"): 2 at [1,3] is outside the support of its bernoulli',
  ],
  ['a pixel below 0', { x: withPixel(-1) }, '-1 at [1,3] is outside the support'],
  ['a pixel that is NaN', { x: withPixel(NaN) }, 'site "x" (plate "image"): data are NaN at [1,3]'],
  ['no images', { x: [] }, 'data are empty, got shape [0]'],
  [
    'images of another size',
    { x: images.map((row) => row.slice(1)) },
    'bernoulli logits have shape [6], data have shape [5]; the last layer of network "decoder" gives 6',
  ],
  [
    'images as rows and columns',
    { x: images.map((row) => [row.slice(0, 3), row.slice(3)]) },
    'for each element data have shape [2,3], expected [6]: they are as many numbers: reshape the data to [3,6]',
  ],
  ['brightnesses', { x: withPixel(0.5) }, 'data must be whole numbers, got 0.5 at [1,3]'],
  [
    'a missing pixel',
    { x: images.map((row, i) => (i === 1 ? row.map(() => null) : row)) },
    'has missing values, which a network cannot read',
  ],
])('%s is refused before the first step', async (_, data, message) => {
  await expect(amortized(vae, options).fit(data as never, { seed: 0 })).rejects.toThrow(message)
})

test('new examples are checked as data are', async () => {
  const fit = await amortized(vae, options).fit({ x: images }, { seed: 0 })
  const who = 'model "vae": amortized: '
  await expect(fit.encode(withPixel(NaN))).rejects.toThrow(
    `${who}encode: site "x" (plate "image"): data are NaN at [1,3]`,
  )
  await expect(fit.reconstruct(withPixel(1.5))).rejects.toThrow('got 1.5 at [1,3]')
  await expect(fit.encode([])).rejects.toThrow('there must be an example at least, got shape [0]')
  await expect(fit.encode(images.map((row) => row.slice(1)))).rejects.toThrow('data have shape [5]')
  await expect(fit.estimateLogLikelihood(images, { particles: 0, seed: 0 })).rejects.toThrow(
    'particles must be a whole number ≥ 1, got 0',
  )
  await expect(fit.estimateLogLikelihood(images, {} as never)).rejects.toThrow(
    'a seed or a key must be given',
  )
  await expect(fit.decode([[0, 0, 0]])).rejects.toThrow(
    'for each element values have shape [3], expected [2]',
  )
  await expect(fit.decode({ y: [[0, 0]] } as never)).rejects.toThrow('site "z" (plate "image") must be given')
  await expect(fit.sample(0, { seed: 0 })).rejects.toThrow('count must be a whole number ≥ 1')
  await expect(fit.evaluate(images, { seed: 0, draws: 1 })).rejects.toThrow(
    'draws must be a whole number ≥ 2',
  )
})

test('brightnesses are read by encoders as they are, and drawn as pixels where log p(x) is asked for', async () => {
  const fit = await amortized(vae, options).fit({ x: images }, { seed: 0 })
  const [white, black] = [images.map((row) => row.map(() => 0)), images.map((row) => row.map(() => 1))]
  const means = []
  for (const x of [white, black, white.map((row) => row.map(() => 0.5))])
    means.push((await fit.encode(x)).mean.z.data)
  expect([...means[2]!]).not.toEqual([...means[0]!])
  expect([...means[2]!]).not.toEqual([...means[1]!])
  const pixels = images.map((row) => row.map((own) => own * 0.999999))
  const [of, to] = [
    await fit.estimateLogLikelihood(images, { particles: 5, seed: 3 }),
    await fit.estimateLogLikelihood(pixels, { particles: 5, seed: 3 }),
  ]
  expect(of).toEqual(to)
})

test('networks of other sizes are refused, with what to do', async () => {
  await expect(amortized(autoencoder(PIXELS - 1), options).fit({ x: images }, { seed: 0 })).rejects.toThrow(
    'site "x" (plate "image"): bernoulli logits have shape [5], data have shape [6]; the last layer of network "decoder" gives 5',
  )
  await expect(
    amortized(vae, { encoder: { z: { from: 'x' } } as never }).fit({ x: images }, { seed: 0 }),
  ).rejects.toThrow(
    'conditional: site "z" (plate "image"): network must be one such as mlp([784, 400]), got undefined',
  )
  const wide = { z: { from: 'x', network: mlp([PIXELS + 1, 4]) } } as const
  await expect(amortized(vae, { encoder: wide }).fit({ x: images }, { seed: 0 })).rejects.toThrow(
    'gives 6 numbers, the network of "z" takes 7: make it of 6, such as mlp([6, …])',
  )
})

test('options are checked', async () => {
  const of = (more: object) => amortized(vae, { ...options, ...more } as never)
  expect(() => of({ rate: 1 })).toThrow('there is no option "rate"')
  expect(() => amortized(vae, {} as never)).toThrow('give either an encoder')
  expect(() => of({ epochs: 0 })).toThrow('epochs must be a whole number ≥ 1, got 0')
  expect(() => of({ beta: -1 })).toThrow('beta must be a number ≥ 0, got -1')
  expect(() => of({ kl: 'exact' })).toThrow('kl must be one of analytic, sampled')
  expect(() => of({ optimizer: adam })).toThrow('optimizer must be one such as adam({ rate: 0.001 })')
  await expect(of({ batch: { image: 4 } }).fit({ x: images }, { seed: 0 })).rejects.toThrow(
    'batch: plate "image" has 3 elements: expected a whole number 1 … 3, got 4',
  )
  await expect(of({ batch: { page: 1 } }).fit({ x: images }, { seed: 0 })).rejects.toThrow(
    '"page" is not the plate of the examples, which is "image"',
  )
  await expect(of({ encoder: {} }).fit({ x: images }, { seed: 0 })).rejects.toThrow('encoder: "z" has none')
  await expect(of({}).fit({ x: images }, {} as never)).rejects.toThrow('a seed or a key must be given')
})

test('models of other plates are refused, and said why', () => {
  const none = { encoder: { z: { from: 'x', network: mlp([1, 1]) } } } as never
  const outside = model('outside')
    .latent('w', normal(0, 1))
    .plate('i', 'n', (i) => i.latent('z', normal(0, 1)).observed('x', ({ z, w }) => normal(z, exp(w))))
  expect(() => amortized(outside, none)).toThrow(
    'site "w" is not in plate "i", whose elements are the examples',
  )
  const fixed = model('fixed').plate('i', 3, (i) =>
    i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1)),
  )
  expect(() => amortized(fixed, none)).toThrow('plate "i" has a fixed size of 3')
  const single = model('single')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => normal(z, 1))
  expect(() => amortized(single, none)).toThrow('there are no examples')
})

test('what has no mean says so, and what is discrete asks for draws', async () => {
  const mixture = model('mixture').plate('i', 'n', (i) =>
    i
      .latent('c', bernoulli({ probs: 0.5 }))
      .observed('y', ({ c }) => categorical({ logits: mul(c, constant([0, 1, 2])) }))
      .observed('x', ({ c }) => normal(c, 1)),
  )
  const fit = await amortized(mixture, {
    encoder: { c: { from: 'x', network: mlp([1, 4]) } },
    estimator: enumerated(),
    epochs: 1,
  }).fit({ x: [0, 1, 2], y: [0, 1, 2] }, { seed: 0 })
  expect((await fit.encode({ x: [0, 1], y: [0, 1] })).probabilities.c!.shape).toEqual([2, 2])
  await expect(fit.decode([0, 1])).rejects.toThrow('site "y" (plate "i") has no mean: use sample')
  await expect(fit.reconstruct({ x: [0], y: [0] })).rejects.toThrow(
    '"c" is discrete, and a mean is none of its values',
  )
  await expect(fit.encode([0, 1] as never)).rejects.toThrow('expected a record of y, x, got')
})

test('a fit that diverges stops, and is of the last good parameters', async () => {
  const growing = model('growing')
    .network('decoder', mlp([1, 2]))
    .plate('i', 'n', (i) =>
      i
        .latent('z', normal([0], 1))
        .observed('x', ({ z, decoder }) => normal(decoder(z), exp(mul(3, decoder(z))))),
    )
  const x = Array.from({ length: 8 }, (_, i) => [Math.sin(i), Math.cos(i)])
  const fit = await amortized(growing, {
    encoder: { z: { from: 'x', network: mlp([2, 4]) } },
    optimizer: sgd(10),
    batch: { i: 3 },
    epochs: 50,
  }).fit({ x }, { seed: 0 })
  expect(fit.termination.kind).toBe('diverged')
  expect(fit.warnings[0]).toMatch(/the fit is of the last good parameters$/)
  const { decoder } = fit.params
  expect(JSON.stringify(decoder)).not.toMatch(/null/)
})
