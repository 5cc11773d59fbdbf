import '@tensorflow/tfjs-backend-cpu'
import { add, mul } from '@variate/core/ops'
import { halfCauchy, normal } from '@variate/distributions'
import { stickingTheLanding } from '@variate/estimators'
import { realNvp } from '@variate/families'
import { adam, bbvi, schedules } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const schools = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('eta', normal(0, 1))
      .deterministic('theta', ({ mu, tau, eta }) => add(mu, mul(tau, eta)))
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )
const data = { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] }

/** By quadrature: the means of μ, τ and θ, and about how far each is from them. */
const MEANS = [4.397, 3.598, 6.212, 4.94, 3.927, 4.757, 3.615, 4.043, 6.297, 4.854]
const SPREADS = [3.32, 3.22, 5, 5, 5, 5, 5, 5, 5, 5]

test('a flow finds the posterior means of eight schools to a tenth of a standard deviation', async () => {
  const fit = await bbvi(schools, {
    family: realNvp(),
    estimator: stickingTheLanding({ particles: 16 }),
    optimizer: adam({ rate: schedules.linear({ start: 0.01, end: 0, steps: 10_000 }) }),
    steps: 10_000,
    convergence: false,
  }).fit(data, { seed: 0 })
  const COUNT = 20_000
  const { mu, tau, eta } = await fit.posterior.sample(COUNT, { seed: 1 })
  const means = new Float64Array(10)
  for (let row = 0; row < COUNT; row++) {
    const [level, spread] = [mu.data[row]!, tau.data[row]!]
    const own = Array.from({ length: 8 }, (_, i) => level + spread * eta.data[8 * row + i]!)
    for (const [at, x] of [level, spread, ...own].entries()) means[at]! += x / COUNT
  }
  for (const [at, mean] of means.entries())
    expect(Math.abs(mean - MEANS[at]!) / SPREADS[at]!).toBeLessThan(0.1)
  expect(fit.diagnostics.kHat).toBeLessThan(0.7)
}, 180_000)
