import '@tensorflow/tfjs-backend-cpu'
import { halfCauchy, normal } from '@variate/distributions'
import { reparameterization } from '@variate/estimators'
import { meanField } from '@variate/families'
import { bbvi } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const eightSchools = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )
const data = { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] }

test('the first 100 steps of the eager engine are those of the compiled one', async () => {
  const options = {
    family: meanField(),
    estimator: reparameterization({ particles: 4 }),
    steps: 100,
    convergence: false as const,
  }
  const compiled = await bbvi(eightSchools, options).fit(data, { seed: 0 })
  const eager = await bbvi(eightSchools, { ...options, engine: 'eager', precision: 'float32' }).fit(data, {
    seed: 0,
  })
  for (const [i, objective] of eager.history.entries())
    expect(Math.abs(objective - compiled.history[i]!)).toBeLessThan(1e-4 * Math.abs(objective))
})

test('a fit in a worker is the same, and tells of its progress', async () => {
  const algorithm = bbvi(eightSchools, { steps: 2000, convergence: false })
  const here = await algorithm.fit(data, { seed: 1 })
  const steps: number[] = []
  const there = await algorithm.fit(data, {
    seed: 1,
    worker: true,
    onProgress: ({ step }) => steps.push(step),
  })
  expect(there.history).toEqual(here.history)
  expect(there.toBytes()).toEqual(here.toBytes())
  expect(steps.at(-1)).toBe(2000)
})

test('the summary is a table that says how it ended', async () => {
  const fit = await bbvi(eightSchools, { steps: 3000 }).fit(data, { seed: 0 })
  const lines = fit.summary().split('\n')
  expect(lines[0]).toMatch(
    /^eight schools: (all 3000|converged after \d+) steps, elbo −?-?3\d\.\d+ ± 0\.\d+ nats, k̂ .*: (good|bad|very bad)$/,
  )
  expect(lines.find((line) => line.startsWith('site'))).toMatch(/mean +sd +5 % +50 % +95 %/)
  expect(lines.filter((line) => /^theta/.test(line)).length).toBe(8)
})
