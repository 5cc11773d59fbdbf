import '@tensorflow/tfjs-backend-cpu'
import { ndarray } from '@variate/core'
import { gather } from '@variate/core/ops'
import { categorical, dirichlet, gamma, normal } from '@variate/distributions'
import { enumerated } from '@variate/estimators'
import { meanField } from '@variate/families'
import { adam, bbvi, enumeration } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'
import frozen from './oracles/faithfulMixture.json' with { type: 'json' }

const small = model('small')
  .plate('k', 2, (k) => k.latent('mu', normal(0, 3)))
  .plate('i', 'n', (i) =>
    i
      .latent('c', categorical({ probs: [0.5, 0.5] }))
      .observed('x', ({ mu, c }) => normal(gather(mu, c, 0), 1)),
  )

test('means of a mixture: the bound is log 2 below the evidence, for q is about one of the two orders', async () => {
  const data = { x: [-3.1, -2.6, 2.2, 3.4] }
  const exact = await enumeration(small).fit(data)
  const fit = await bbvi(small, {
    family: meanField({ init: () => ({ mu: ndarray(Float64Array.of(-1, 1), [2]) }) }),
    estimator: enumerated({ particles: 4 }),
    convergence: false,
    steps: 4000,
  }).fit(data, { seed: 0 })
  const gap = exact.logEvidence - fit.elbo
  expect(gap).toBeGreaterThan(Math.log(2) - 3 * fit.standardError)
  expect(gap).toBeLessThan(Math.log(2) + 0.03)
})

const mixture = model('mixture')
  .latent('weights', dirichlet([1, 1]))
  .plate('k', 2, (k) => k.latent('mu', normal(0, 3)).latent('scale', gamma(2, 2)))
  .plate('i', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ mu, scale, c }) => normal(gather(mu, c, 0), gather(scale, c, 0))),
  )
// Waiting times, in quarters of an hour from 70 minutes.
const waiting = { x: frozen.x }
const apart = meanField({
  init: () => ({
    weights: ndarray(Float64Array.of(0), [1]),
    mu: ndarray(Float64Array.of(-1, 1), [2]),
    scale: ndarray(Float64Array.of(-1, -1), [2]),
  }),
})

// Another prior than that of the oracle: what it moves is small beside the tolerances, with 272 points.
test.each([
  ['all points', {}, 2000],
  ['mini-batches', { i: 34 }, 8000],
] as const)(
  'Old Faithful, %s: components are those of variational Bayes by scikit-learn',
  async (_, batch, steps) => {
    const fit = await bbvi(mixture, {
      family: apart,
      estimator: enumerated({ particles: 2 }),
      optimizer: adam({ rate: 0.02 }),
      convergence: false,
      batch,
      steps,
    }).fit(waiting, { seed: 0 })
    const { weights, mu, scale, c } = fit.posterior.mean
    for (const k of [0, 1]) {
      expect(Math.abs(weights.at(k) - frozen.weights[k]!)).toBeLessThan(0.02)
      expect(Math.abs(mu.at(k) - frozen.means[k]!)).toBeLessThan(0.03)
      expect(Math.abs(scale.at(k) - frozen.scales[k]!)).toBeLessThan(0.03)
    }
    const inSecond = c.data.filter((x) => x > 0.5).length
    expect(Math.abs(inSecond - frozen.ones)).toBeLessThanOrEqual(3)
  },
)
