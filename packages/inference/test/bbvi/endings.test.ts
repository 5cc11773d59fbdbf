import { memory } from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { sub } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { stickingTheLanding } from '@variate/estimators'
import { guide, model, positive, real } from '@variate/language'
import { expect, test } from 'vitest'
import { bbvi } from '../../src/bbvi/bbvi.ts'
import { searchRate } from '../../src/bbvi/searchRate.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { averaged } from '../../src/optimizers/averaged.ts'

const one = model('one')
  .latent('z', normal(0, 1))
  .observed('x', ({ z }) => normal(z, 1))

const grouped = model('grouped')
  .latent('mu', normal(0, 1))
  .plate('i', 3, (i) => i.latent('z', ({ mu }) => normal(mu, 1)).observed('x', ({ z }) => normal(z, 1)))

const spread = model('spread')
  .param('scale', positive())
  .plate('i', 'n', (i) =>
    i.latent('z', ({ scale }) => normal(0, scale)).observed('x', ({ z }) => normal(z, 1)),
  )

test('an average of iterates goes with steps of local parameters', async () => {
  const x = Array.from({ length: 20 }, (_, i) => 3 * Math.sin(i * 12.9898))
  const fit = await bbvi(spread, {
    estimator: stickingTheLanding(),
    batch: { i: 5 },
    localSteps: 5,
    steps: 3000,
    convergence: false,
    optimizer: averaged(adam({ rate: 0.02 }), { kind: 'polyak', from: 1500 }),
  }).fit({ x }, { seed: 0 })
  // Maximum likelihood: the variance of x is scale² + 1, and the mean of each z is x times the share of scale².
  const scale = Math.sqrt(x.reduce((sum, own) => sum + own * own, 0) / x.length - 1)
  expect(Math.abs(fit.params.scale.at() - scale)).toBeLessThan(0.05)
  const share = scale ** 2 / (scale ** 2 + 1)
  const { data } = fit.posterior.mean.z
  expect(Math.max(...x.map((own, i) => Math.abs(data[i]! - share * own)))).toBeLessThan(0.15)
})

test('elements that share a latent that they read are correlated under q', async () => {
  const q = guide(grouped)
    .param('l', real())
    .latent('mu', ({ l }) => normal(l, 0.7))
    .plate('i', 3, (i) => i.latent('z', ({ mu }) => normal(mu, 0.5)))
  const fit = await bbvi(grouped, { guide: q, steps: 100 }).fit({ x: [1, 2, 3] }, { seed: 0 })
  const covariance = fit.posterior.covariance('z')
  // Of z = mu + deviation: 0.49 between any two, 0.74 of each; 4000 draws.
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++)
      expect(Math.abs(covariance.at(a, b) - (a === b ? 0.74 : 0.49))).toBeLessThan(0.06)
})

test('a fit that was aborted while it searched for a rate goes on exactly', async () => {
  const optimizer = searchRate((rate) => adam({ rate }), { rates: [1, 0.1, 0.01], steps: 50 })
  const far = model('far')
    .latent('z', normal(0, 100))
    .observed('x', ({ z }) => normal(z, 1))
  const algorithm = bbvi(far, { optimizer, steps: 300 })
  const whole = await algorithm.fit({ x: 50 }, { seed: 0 })
  const first = await algorithm.fit({ x: 50 }, { seed: 0, signal: AbortSignal.abort() })
  expect(first.termination).toEqual({ kind: 'aborted', step: 0 })
  expect(first.rate).toBeUndefined()
  const rest = await algorithm.fit({ x: 50 }, { from: first.toBytes() })
  expect([rest.rate, rest.elbo]).toEqual([whole.rate, whole.elbo])
  expect(rest.history).toEqual(whole.history)
})

test('a fit that has converged is at its end, unless it may go on', async () => {
  const convergence = { window: 50 }
  const options = { estimator: stickingTheLanding(), optimizer: adam({ rate: 0.1 }), steps: 2000 }
  const fit = await bbvi(one, { ...options, convergence }).fit({ x: 2 }, { seed: 0 })
  expect(fit.termination).toEqual({ kind: 'converged' })
  const same = await bbvi(one, { ...options, convergence }).fit({ x: 2 }, { from: fit })
  expect(same.termination).toEqual({ kind: 'converged' })
  expect(same.history).toEqual(fit.history)
  expect(same.elbo).toBe(fit.elbo)
  const on = await bbvi(one, { ...options, convergence: false }).fit({ x: 2 }, { from: fit })
  expect(on.termination).toEqual({ kind: 'limit' })
  expect(on.history).toHaveLength(2000)
})

test('an objective that is not a number ends the fit in the step that made it, however often that is looked at', async () => {
  const late = model('late')
    .latent('z', normal(0, 100))
    .latent('w', ({ z }) => normal(0, sub(6, z)))
    .observed('x', ({ z }) => normal(z, 0.1))
  for (const convergence of [{}, false] as const) {
    const fit = await bbvi(late, { steps: 2000, convergence }).fit({ x: 50 }, { seed: 0 })
    const { termination, history } = fit
    expect(termination).toMatchObject({ kind: 'diverged', site: 'w' })
    expect(fit.warnings[0]).toContain('"w"')
    // All steps before it are told.
    expect(history).toHaveLength((termination as { step: number }).step)
    expect(history.every(Number.isFinite)).toBe(true)
  }
})

test.each(['auto', 'eager'] as const)(
  'a fit in float32 is saved, goes on exactly, and holds no tensors: %s',
  async (engine) => {
    const algorithm = bbvi(one, { steps: 300, precision: 'float32', engine })
    const before = memory().numTensors
    const fit = await algorithm.fit({ x: 2 }, { seed: 0 })
    const loaded = await algorithm.load(fit.toBytes(), { x: 2 })
    expect(loaded.elbo).toBe(fit.elbo)
    const stop = new AbortController()
    const first = await algorithm.fit(
      { x: 2 },
      { seed: 0, signal: stop.signal, onProgress: () => stop.abort() },
    )
    expect(first.termination.kind).toBe('aborted')
    const rest = await algorithm.fit({ x: 2 }, { from: first.toBytes() })
    expect(rest.history).toEqual(fit.history)
    expect(rest.elbo).toBe(fit.elbo)
    expect(memory().numTensors).toBe(before)
  },
)

test('a fit of many data does not end while it still climbs, however large its bound is', async () => {
  const many = model('many')
    .latent('mu', normal(0, 10))
    .plate('i', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 30)))
  const x = Array.from({ length: 20_000 }, (_, i) => 3 + 30 * Math.sin(i * 12.9898))
  const fit = await bbvi(many, { optimizer: adam({ rate: 2e-4 }), steps: 3000 }).fit({ x }, { seed: 0 })
  expect(fit.elbo).toBeLessThan(-80_000)
  expect(fit.termination).toEqual({ kind: 'limit' })
})
