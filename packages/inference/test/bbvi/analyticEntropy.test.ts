import '@tensorflow/tfjs-backend-cpu'
import { compile } from '@variate/compile'
import { key, type NdArray } from '@variate/core'
import { halfNormal, normal } from '@variate/distributions'
import {
  analyticEntropy,
  analyticKl,
  enumerated,
  importanceWeighted,
  reparameterization,
  scoreFunction,
} from '@variate/estimators'
import { fullRank, meanField, type Family } from '@variate/families'
import { model } from '@variate/language'
import { expect, test } from 'vitest'
import { cases, difference, estimated, exactly, moments, settingOf } from './estimates.ts'

const spreads = model('spreads')
  .latent('mu', normal(0, 2))
  .latent('s', halfNormal(1))
  .plate('i', 3, (i) => i.latent('z', ({ mu, s }) => normal(mu, s)).observed('x', ({ z }) => normal(z, 1)))
const data = { x: [0.5, 3, -1] }

// The entropy is the mean of −log q: bound and gradient stay what they are in the mean, by draws of their own.
test.each([
  ['mean field', meanField(), reparameterization()],
  ['mean field, by the score', meanField(), scoreFunction()],
])('%s: the mean stays, of latents with bounds as well', (_, family, estimator) => {
  const setting = settingOf({ model: spreads, family: family as Family, data })
  const params = setting.variational.init(key(0)) as never
  const sampled = moments(setting, params, 20_000, reparameterization())
  const got = moments(setting, params, 20_000, analyticEntropy(estimator))
  for (const [name, entries] of Object.entries(sampled))
    for (const [at, { mean, error }] of entries.entries()) {
      const own = got[name]![at]!
      expect(Math.abs(own.mean - mean)).toBeLessThan(4.5 * Math.hypot(own.error, error) + 1e-12)
    }
})

// Of a normal of dimension d: ½ log |2πe Σ|, and the mean of the volume of the map of s, exp, is that of its place.
test('full rank: the entropy is that of the normal, with the volume of the draw', () => {
  const setting = settingOf({ model: spreads, family: fullRank() as Family, data })
  const { variational } = setting
  const params = variational.init(key(0)) as never
  const context = { params, data: {}, sizes: setting.model.sizes }
  const both = compile(
    (own: never) => {
      const values = variational.draw({ ...context, params: own }, key(1))
      return { entropy: variational.entropies!({ ...context, params: own }, values), values }
    },
    { precision: 'float64' },
  ) as unknown as (own: unknown) => {
    readonly entropy: Readonly<Record<string, NdArray>>
    readonly values: Readonly<Record<string, NdArray>>
  }
  const { entropy, values } = both(params)
  const normalOf5 = 5 * (0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(0.1))
  expect(entropy['mu,s,z']!.at()).toBeCloseTo(normalOf5 + Math.log(values['s']!.at()), 10)
})

test('of discrete latents, with sums, the gradient is exact', () => {
  for (const own of Object.values(cases)) {
    if (own.family) continue
    const setting = settingOf(own)
    for (const estimator of [
      analyticEntropy(enumerated()),
      analyticEntropy(analyticKl(enumerated())),
      analyticKl(analyticEntropy(enumerated())),
    ]) {
      const got = estimated(setting, 0, new Map(), {}, false, estimator)
      expect(difference(got, exactly(setting, own.latents))).toBeLessThan(1e-10)
    }
  }
})

test('bounds of several draws are refused: their weights must be what they are', () => {
  expect(() => analyticEntropy(importanceWeighted({ particles: 2 }))).toThrow(
    /importanceWeighted climbs a function of whole/,
  )
  expect(() => analyticKl(importanceWeighted({ particles: 2 }))).toThrow(/no bound: use it without/)
})
