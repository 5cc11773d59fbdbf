import '@tensorflow/tfjs-backend-cpu'
import { add } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import {
  analyticKl,
  doublyReparameterized,
  importanceWeighted,
  renyi,
  reweightedWakeSleep,
  thermodynamic,
  vimco,
  type Estimator,
} from '@variate/estimators'
import { meanField, point, structured, type Family } from '@variate/families'
import { bbvi } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const sum = model('sum')
  .latent('a', normal(0, 1))
  .latent('b', normal(0, 1))
  .observed('x', ({ a, b }) => normal(add(a, b), 1))
const fit = (estimator: Estimator, family: Family, steps = 1) =>
  bbvi(sum, { estimator, family, steps } as never).fit({ x: 2 }, { seed: 0 })

// A point has no score for these to move it by, or to make another of: it would stay, or go astray.
test.each<[string, Estimator]>([
  ['reweightedWakeSleep', reweightedWakeSleep({ particles: 3 })],
  ['thermodynamic', thermodynamic({ particles: 3, partitions: 3 })],
  ['doublyReparameterized', doublyReparameterized({ particles: 3 })],
])('%s refuses a point by name', async (name, estimator) => {
  await expect(fit(estimator, structured({ a: point() }, meanField()))).rejects.toThrow(
    new RegExp(`bbvi: ${name} .* q is a single point in "a", which has no density: use importanceWeighted`),
  )
})

// Given a = m the posterior of b is N((2 − m)/2, ½): the evidence, N(2; m, 2)·N(m; 0, 1), is highest at m = 2/3.
test.each<[string, Estimator]>([
  ['importanceWeighted', importanceWeighted({ particles: 3 })],
  ['vimco', vimco({ particles: 3 })],
  ['renyi', renyi({ alpha: 0.5, particles: 3 })],
])('%s moves a point to where the evidence is highest', async (_, estimator) => {
  const { posterior } = await fit(estimator, structured({ a: point() }, meanField()), 3000)
  expect(Math.abs(posterior.mean.a.data[0]! - 2 / 3)).toBeLessThan(0.05)
})

test.each<[string, Estimator<'reparameterized'>]>([
  ['importanceWeighted', importanceWeighted({ particles: 2 })],
  ['doublyReparameterized', doublyReparameterized({ particles: 2 })],
  ['renyi', renyi({ alpha: 0.5, particles: 2 })],
])('%s has no place for divergences in closed form, and says so', (name, estimator) => {
  expect(() => analyticKl(estimator)).toThrow(
    new RegExp(`analyticKl: ${name} climbs a function of whole weights .* use it without`),
  )
})
