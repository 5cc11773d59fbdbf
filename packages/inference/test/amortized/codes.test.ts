import '@tensorflow/tfjs-backend-cpu'
import { cast, mul } from '@variate/core/ops'
import { bernoulli, gamma, normal, oneHotCategorical } from '@variate/distributions'
import { enumerated } from '@variate/estimators'
import { amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

// Values of latents that are decoded: only such as the latents may have.

const x = [0.2, -1, 3]
const network = mlp([1, 2])

test('what is no value of a discrete latent is not decoded', async () => {
  const kinds = model('kinds')
    .network('decoder', mlp([2, 1]))
    .plate('i', 'n', (i) =>
      i
        .latent('b', bernoulli({ probs: 0.3 }))
        .latent('c', oneHotCategorical({ probs: [0.5, 0.5] }))
        .observed('x', ({ b, c, decoder }) => normal(mul(b, decoder(cast(c, 'float32'))), [1])),
    )
  const fit = await amortized(kinds, {
    encoder: { b: { from: 'x', network }, c: { from: 'x', network } },
    estimator: enumerated(),
    epochs: 1,
  }).fit({ x: x.map((own) => [own]) }, { seed: 0 })
  const c = [[1, 0], [0, 1]] // prettier-ignore
  const { x: decoded } = await fit.decode({ b: [0, 1], c })
  expect(decoded.at(0, 0)).toBeCloseTo(0, 9)
  expect(decoded.at(1, 0)).not.toBeCloseTo(0, 9)
  await expect(fit.decode({ b: [0.3, 1], c })).rejects.toThrow(
    'decode: site "b" (plate "i"): 0.3 at [0] is outside the support of its bernoulli distribution, which is 0 or 1: decode draws of q',
  )
  await expect(fit.decode({ b: [0, 2], c })).rejects.toThrow('2 at [1] is outside the support')
  for (const wrong of [
    [1, 1],
    [0, 0],
    [0.5, 0.5],
  ])
    // prettier-ignore
    await expect(fit.decode({ b: [0, 1], c: [[1, 0], wrong] })).rejects.toThrow(/site "c" .* at \[1\] is outside/)
  expect((await fit.reconstruct({ x: [[1]] }, { seed: 0 })).x.shape).toEqual([1, 1])
})

test('what a continuous latent cannot be is not decoded', async () => {
  const rates = model('rates').plate('i', 'n', (i) =>
    i.latent('z', gamma(2, 1)).observed('x', ({ z }) => normal(z, 1)),
  )
  const fit = await amortized(rates, { encoder: { z: { from: 'x', network } }, epochs: 1 }).fit(
    { x },
    { seed: 0 },
  )
  await expect(fit.decode([1, -1])).rejects.toThrow(
    'site "z" (plate "i"): -1 at [1] is outside the support of its gamma distribution',
  )
  expect((await fit.decode([1, 2])).x.toNested()).toEqual([1, 2])
})
