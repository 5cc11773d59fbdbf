import '@tensorflow/tfjs-backend-cpu'
import { gather, mul, sub } from '@variate/core/ops'
import { bernoulli, categorical, normal } from '@variate/distributions'
import {
  automatic,
  controlVariate,
  leaveOneOut,
  movingAverage,
  networkBaseline,
  perSite,
  reparameterization,
  scoreFunction,
} from '@variate/estimators'
import { meanField } from '@variate/families'
import { adam, bbvi, enumeration } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const signs = model('signs').plate('i', 'n', (i) =>
  i.latent('c', bernoulli({ probs: 0.3 })).observed('x', ({ c }) => normal(sub(mul(2, c), 1), 1)),
)
const data = { x: [0.3, -1, 2.2, 0, 0.8, -0.2] }

// Mean field has the posterior: independent signs. P(c = 1 | x) = σ(log(0.3/0.7) + 2x).
test.each([
  ['plain', scoreFunction({ particles: 4 })],
  ['moving average', scoreFunction({ particles: 2, baseline: movingAverage() })],
  ['leave one out', scoreFunction({ baseline: leaveOneOut(), particles: 4 })],
  ['control variate', scoreFunction({ baseline: controlVariate(), particles: 4 })],
  ['network', scoreFunction({ baseline: networkBaseline(), particles: 2 })],
  ['automatic', automatic({ particles: 4 })],
] as const)('%s: Bernoulli latents are fitted to their posterior', async (_, estimator) => {
  const fit = await bbvi(signs, {
    estimator,
    optimizer: adam({ rate: 0.02 }),
    steps: 4000,
    convergence: false,
  }).fit(data, { seed: 0 })
  const exact = await enumeration(signs).fit(data)
  expect(exact.logEvidence - fit.elbo).toBeLessThan(0.03)
  expect(fit.elbo - exact.logEvidence).toBeLessThan(3 * fit.standardError + 1e-9)
})

test('mini-batches, with baselines that are averages of all elements and networks of their data', async () => {
  const exact = await enumeration(signs).fit(data)
  for (const baseline of [movingAverage(), networkBaseline(), leaveOneOut()]) {
    const fit = await bbvi(signs, {
      estimator: scoreFunction({ baseline, particles: 4 }),
      optimizer: adam({ rate: 0.02 }),
      steps: 6000,
      batch: { i: 2 },
      convergence: false,
    }).fit(data, { seed: 1 })
    expect(exact.logEvidence - fit.elbo).toBeLessThan(0.05)
  }
})

test('a mixture: assignments by their scores, means through their draws, in one fit', async () => {
  const mixture = model('mixture')
    .plate('k', 2, (k) => k.latent('mu', normal(0, 3)))
    .plate('i', 'n', (i) =>
      i
        .latent('c', categorical({ probs: [0.5, 0.5] }))
        .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
    )
  const x = [-3.1, -2.6, 2.2, 3.4]
  const exact = await enumeration(mixture).fit({ x })
  const estimator = perSite({
    mu: reparameterization({ particles: 4 }),
    c: scoreFunction({ particles: 4, baseline: leaveOneOut() }),
  })
  const fit = await bbvi(mixture, {
    family: meanField(),
    estimator,
    optimizer: adam({ rate: 0.02 }),
    steps: 6000,
    convergence: false,
  }).fit({ x }, { seed: 3 })
  expect(fit.elbo).toBeLessThan(exact.logEvidence)
  // One of the two labellings: half of the posterior, so log 2 is lost, and what mean field lacks.
  expect(exact.logEvidence - fit.elbo).toBeLessThan(Math.log(2) + 0.1)
})

test.each([leaveOneOut(), networkBaseline({ hidden: 4 }), movingAverage()])(
  'a fit that was stopped goes on exactly, with what $name has kept',
  async (baseline) => {
    const options = (steps: number) => ({
      estimator: scoreFunction({ baseline, particles: 2 }),
      steps,
      convergence: false as const,
    })
    const whole = await bbvi(signs, options(60)).fit(data, { seed: 4 })
    const half = await bbvi(signs, options(30)).fit(data, { seed: 4 })
    const again = await bbvi(signs, options(60)).fit(data, { from: half.toBytes() })
    expect(again.history).toEqual(whole.history)
    expect(again.elbo).toBe(whole.elbo)
  },
)
