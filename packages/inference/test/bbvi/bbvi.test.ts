import '@tensorflow/tfjs-backend-cpu'
import { normal } from '@variate/distributions'
import { reparameterization, stickingTheLanding } from '@variate/estimators'
import { fullRank, meanField } from '@variate/families'
import { bbvi, enumeration } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const level = model('level')
  .latent('mu', normal(0, 5))
  .plate('i', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
const data = { x: [1, 2, 4] }

// The posterior is in the family: its evidence is the bound, by exact integration.
test.each([
  ['mean field', meanField(), reparameterization({ particles: 8 })],
  ['full rank', fullRank(), reparameterization({ particles: 8 })],
  ['mean field, sticking the landing', meanField(), stickingTheLanding()],
])('%s: a conjugate model is fitted to its posterior', async (_, family, estimator) => {
  const exact = await enumeration(level).fit(data)
  const fit = await bbvi(level, { family, estimator, steps: 5000 }).fit(data, { seed: 0 })
  expect(fit.elbo).toBeLessThan(exact.logEvidence + 3 * fit.standardError + 1e-9)
  expect(exact.logEvidence - fit.elbo).toBeLessThan(0.01)
  expect(fit.history.length).toBe(5000)
})
