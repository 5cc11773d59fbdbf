import '@tensorflow/tfjs-backend-cpu'
import type { NdArray } from '@variate/core'
import { halfCauchy, normal } from '@variate/distributions'
import { stickingTheLanding } from '@variate/estimators'
import { fullRank, realNvp } from '@variate/families'
import { adam, bbvi, importanceCorrected, schedules } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const schools = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )
const data = { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] }

/** By quadrature: the means of μ, τ and θ, about how far each is from them, and the log evidence. */
const MEANS = [4.397, 3.598, 6.212, 4.94, 3.927, 4.757, 3.615, 4.043, 6.297, 4.854]
const SPREADS = [3.32, 3.22, 5, 5, 5, 5, 5, 5, 5, 5]
const LOG_EVIDENCE = -31.311

type Means = Readonly<Record<'mu' | 'tau' | 'theta', NdArray>>

/** The largest error of the means, in standard deviations of the posterior. */
function errorOf({ mu, tau, theta }: Means): number {
  const means = [mu.at(), tau.at(), ...theta.data]
  return Math.max(...means.map((mean, i) => Math.abs(mean - MEANS[i]!) / SPREADS[i]!))
}

const options = (steps: number) => ({
  estimator: stickingTheLanding({ particles: 16 }),
  optimizer: adam({ rate: schedules.linear({ start: 0.01, end: 0, steps }) }),
  steps,
  convergence: false as const,
})

test('a flow finds the posterior means to a tenth of a standard deviation', async () => {
  const algorithm = bbvi(schools, { family: realNvp(), ...options(10_000) })
  const fit = await algorithm.fit(data, { seed: 0 })
  const { draws, logWeights } = await fit.posterior.weighted(20_000, { seed: 1 })
  const even = new Float64Array(logWeights.length)
  expect(errorOf(importanceCorrected(draws, even).mean)).toBeLessThan(0.1)
  expect(fit.diagnostics.kHat).toBeLessThan(0.7)
  expect(LOG_EVIDENCE - fit.elbo).toBeGreaterThan(-3 * fit.standardError)
  expect(LOG_EVIDENCE - fit.elbo).toBeLessThan(0.02)
}, 180_000)

test.each([0, 1, 2])(
  'a normal of all unknowns finds them to a fifth, and its weighted draws to a tenth: seed %i',
  async (seed) => {
    const algorithm = bbvi(schools, { family: fullRank(), ...options(10_000) })
    const fit = await algorithm.fit(data, { seed })
    const { draws, logWeights } = await fit.posterior.weighted(100_000, { seed: seed + 10 })
    const even = new Float64Array(logWeights.length)
    const corrected = importanceCorrected(draws, logWeights)
    console.info(
      errorOf(importanceCorrected(draws, even).mean),
      errorOf(corrected.mean),
      corrected.kHat,
      fit.elbo,
    )
    expect(errorOf(importanceCorrected(draws, even).mean)).toBeLessThan(0.2)
    expect(errorOf(corrected.mean)).toBeLessThan(0.1)
  },
)
