import '@tensorflow/tfjs-backend-cpu'
import { gather, constant } from '@variate/core/ops'
import { bernoulli, categorical } from '@variate/distributions'
import { vimco } from '@variate/estimators'
import { amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

// Draws whose weight is 0 count for nothing in a bound of several, and in what is told of it.

const PRIOR = [0, 0.3, 0.7]
const WHITE = [0.5, 0.9, 0]
const kinds = model('kinds').plate('i', 'n', (i) =>
  i
    .latent('c', categorical({ probs: PRIOR }))
    .observed('x', ({ c }) => bernoulli({ probs: gather(constant(WHITE), c) })),
)

test('draws that the prior or the data rule out do not end a fit', async () => {
  const x = [1, 1, 0, 0, 1, 0]
  const fit = await amortized(kinds, {
    encoder: { c: { from: 'x', network: mlp([1, 3]) } },
    estimator: vimco({ particles: 40 }),
    batch: { i: 3 },
    epochs: 100,
  }).fit({ x }, { seed: 0 })
  expect(fit.termination.kind).toBe('limit')
  for (const { elbo, reconstruction, kl } of fit.history) {
    expect(Number.isFinite(elbo)).toBe(true)
    expect(reconstruction).toBeLessThanOrEqual(0)
    expect(kl).toBeLessThan(20)
  }
  // log p(x): 0.27 that it is 1.
  const exact = x.map((own) => Math.log(own === 1 ? 0.27 : 0.73))
  const { logLikelihood } = await fit.estimateLogLikelihood(x, { particles: 3000, seed: 1 })
  expect(logLikelihood).toBeCloseTo(
    exact.reduce((sum, own) => sum + own / x.length, 0),
    1,
  )
})
