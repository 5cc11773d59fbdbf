import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { mul } from '@variate/core/ops'
import { normal, uniform } from '@variate/distributions'
import { reparameterization, stickingTheLanding } from '@variate/estimators'
import { fullRank, meanField } from '@variate/families'
import { adam, averaged, bbvi, em, enumeration, sgd, type Optimizer } from '@variate/inference'
import { guide, model, positive, real } from '@variate/language'
import { expect, test } from 'vitest'

const level = model('level')
  .latent('mu', normal(0, 5))
  .plate('i', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
const data = { x: [1, 2, 4] }

const local = model('local')
  .param('spread', positive())
  .plate('i', 'n', (i) =>
    i.latent('z', ({ spread }) => normal(0, spread)).observed('x', ({ z }) => normal(z, 1)),
  )
const many = { x: Array.from({ length: 40 }, (_, i) => 3 * Math.sin(i * 12.9898)) }

// The posterior is in the family: its evidence is the bound, by exact integration.
test.each([
  ['mean field', meanField(), reparameterization({ particles: 8 })],
  ['full rank', fullRank(), reparameterization({ particles: 8 })],
  ['mean field, sticking the landing', meanField(), stickingTheLanding()],
])('%s: a conjugate model is fitted to its posterior', async (_, family, estimator) => {
  const exact = await enumeration(level).fit(data)
  const before = memory().numTensors
  const fit = await bbvi(level, { family, estimator, convergence: false, steps: 5000 }).fit(data, { seed: 0 })
  expect(memory().numTensors).toBe(before)
  expect(fit.elbo).toBeLessThan(exact.logEvidence + 3 * fit.standardError + 1e-9)
  expect(exact.logEvidence - fit.elbo).toBeLessThan(0.01)
  expect(fit.history.length).toBe(5000)
  expect(fit.termination).toEqual({ kind: 'limit' })
})

test('a guide that is written out is fitted', async () => {
  const q = guide(level)
    .param('loc', real())
    .param('scale', positive(), { init: 0.5 })
    .latent('mu', ({ loc, scale }) => normal(loc, scale))
  const exact = await enumeration(level).fit(data)
  const fit = await bbvi(level, { guide: q, estimator: stickingTheLanding() }).fit(data, { seed: 0 })
  expect(fit.elbo).toBeCloseTo(exact.logEvidence, 6)
})

test('sticking the landing: the ascent ends where the bound changes no more', async () => {
  const fit = await bbvi(level, { estimator: stickingTheLanding() }).fit(data, { seed: 0 })
  expect(fit.termination).toEqual({ kind: 'converged' })
  expect(fit.history.length).toBeLessThan(5000)
  expect(fit.history.length % 500).toBe(0)
})

test('a fit that was aborted goes on exactly', async () => {
  const algorithm = bbvi(local, { batch: { i: 10 }, steps: 3000, convergence: false })
  const whole = await algorithm.fit(many, { seed: 3 })
  const stop = new AbortController()
  const first = await algorithm.fit(many, {
    seed: 3,
    signal: stop.signal,
    onProgress: ({ step }) => step > 100 && stop.abort(),
  })
  expect(first.termination.kind).toBe('aborted')
  expect(first.history.length).toBeLessThan(3000)
  const second = await algorithm.fit(many, { from: first.toBytes() })
  expect(second.history).toEqual(whole.history)
  expect(second.params.spread.data).toEqual(whole.params.spread.data)
  expect(second.elbo).toBe(whole.elbo)
  const loaded = await algorithm.load(second.toBytes(), many)
  expect(loaded.elbo).toBe(whole.elbo)
  expect(loaded.posterior.mean.z.data).toEqual(whole.posterior.mean.z.data)
})

// Each is normal with variance spread² + 1: maximum likelihood by em, exactly.
test.each([
  ['all data', {}],
  ['mini-batches', { i: 8 }],
  ['mini-batches, local latents first', { i: 8 }, 10],
])('parameters and local latents are fitted: %s', async (_, batch, localSteps = 0) => {
  const exact = await em(local).fit(many, { tolerance: 1e-12 })
  const fit = await bbvi(local, {
    estimator: stickingTheLanding({ particles: 4 }),
    optimizer: adam({ rate: 0.005 }),
    batch,
    localSteps,
    steps: localSteps > 0 ? 4000 : 20_000,
    convergence: false,
  }).fit(many, { seed: 0 })
  expect(Math.abs(fit.params.spread.at() / exact.params.spread.at() - 1)).toBeLessThan(0.03)
  expect(exact.logLikelihood - fit.elbo).toBeLessThan(0.1)
})

test('a rate that is too large ends the fit, and leaves the last good parameters', async () => {
  const fit = await bbvi(level, { optimizer: sgd(10) }).fit(data, { seed: 0 })
  expect(fit.termination.kind).toBe('diverged')
  expect(Number.isFinite(fit.elbo)).toBe(true)
  expect(fit.warnings.join()).toMatch(/smaller rate/)
})

test('a site whose log probability is NaN is named, with the step', async () => {
  const broken = model('broken')
    .latent('a', normal(0, 1))
    .latent('b', ({ a }) => normal(0, mul(a, 1e-3)))
    .observed('x', ({ b }) => normal(b, 1))
  const fit = await bbvi(broken).fit({ x: 1 }, { seed: 0 })
  expect(fit.termination).toMatchObject({ kind: 'diverged', site: 'b' })
  expect(fit.warnings[0]).toMatch(/site "b".*scale must be > 0/)
})

test('what does not fit is refused before the first step', async () => {
  const ranged = model('ranged')
    .latent('top', uniform(1, 2))
    .latent('u', ({ top }) => uniform(0, top))
    .observed('x', ({ u }) => normal(u, 1))
  await expect(bbvi(ranged).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(/"u".*depends on other sites/)
  expect(() => bbvi(level, { steps: 0 })).toThrow(/steps must be a whole number ≥ 1/)
  await expect(bbvi(level, { batch: { i: 4 } }).fit(data, { seed: 0 })).rejects.toThrow(/1 … 3, got 4/)
  await expect(bbvi(local, { family: fullRank(), batch: { i: 4 } }).fit(many, { seed: 0 })).rejects.toThrow(
    /fullRank draws "z" of all its elements together/,
  )
  const other = await bbvi(level, { steps: 10 }).fit(data, { seed: 0 })
  await expect(bbvi(local, { steps: 10 }).fit(many, { from: other })).rejects.toThrow(/of model "level"/)
  await expect(bbvi(level, { steps: 10, family: fullRank() }).fit(data, { from: other })).rejects.toThrow(
    /saved with another family/,
  )
})

test('what is reported is the average that the optimiser keeps', async () => {
  const exact = await enumeration(level).fit(data)
  const errors = async (optimizer: Optimizer) => {
    const fit = await bbvi(level, { optimizer, steps: 4000, convergence: false }).fit(data, { seed: 1 })
    return exact.logEvidence - fit.elbo
  }
  const averages = averaged(adam({ rate: 0.03 }), { kind: 'polyak', from: 1000 })
  expect(await errors(averages)).toBeLessThan(await errors(adam({ rate: 0.03 })))
})
