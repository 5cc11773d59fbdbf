import '@tensorflow/tfjs-backend-cpu'
import { mul } from '@variate/core/ops'
import { bernoulli, normal } from '@variate/distributions'
import { rebar, relax } from '@variate/estimators'
import { adam, bbvi, enumeration, schedules } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const cluster = model('cluster').plate('i', 'n', (i) =>
  i.latent('z', bernoulli({ probs: 0.3 })).observed('x', ({ z }) => normal(mul(3, z), 1)),
)
const x = [0.2, 2.9, 1.6, -0.5, 3.3, 1.2, 0.9, 2.2]

test.each([
  ['rebar', rebar(), {}],
  ['rebar in mini-batches', rebar(), { i: 3 }],
  ['relax', relax(), {}],
])('%s: q becomes the posterior', async (_, estimator, batch) => {
  const exact = await enumeration(cluster).fit({ x })
  const fit = await bbvi(cluster, {
    estimator,
    batch,
    optimizer: adam({ rate: schedules.cosineDecay({ start: 0.05, steps: 4000 }) }),
    steps: 4000,
    convergence: false,
  }).fit({ x }, { seed: 0 })
  for (const [i, p] of x.map((own) => 1 / (1 + Math.exp(Math.log(0.7 / 0.3) + 4.5 - 3 * own))).entries())
    expect(Math.abs(fit.posterior.mean.z.data[i]! - p)).toBeLessThan(0.05)
  expect(exact.logEvidence - fit.elbo).toBeLessThan(0.05)
})
