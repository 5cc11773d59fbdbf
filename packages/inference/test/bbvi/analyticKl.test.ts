import '@tensorflow/tfjs-backend-cpu'
import { NdArray } from '@variate/core'
import { add, exp, mul } from '@variate/core/ops'
import { halfNormal, normal, studentT } from '@variate/distributions'
import {
  analyticKl,
  enumerated,
  reparameterization,
  scoreFunction,
  stickingTheLanding,
} from '@variate/estimators'
import { guideFamily, type Family } from '@variate/families'
import { guide, model, real } from '@variate/language'
import { expect, test } from 'vitest'
import { structureOf } from '../../src/bbvi/problemOf.ts'
import { cases, difference, estimated, exactly, moments, paramsOf, scalar, settingOf } from './estimates.ts'

const levels = model('levels')
  .latent('mu', normal(0, 2))
  .plate('i', 3, (i) => i.latent('z', ({ mu }) => normal(mu, 0.5)).observed('x', ({ z }) => normal(z, 1)))
const written = guide(levels)
  .param('a', real())
  .param('b', real())
  .param('r', real())
  .latent('mu', ({ a, r }) => normal(a, exp(r)))
  .plate('i', 3, (i) => i.latent('z', ({ mu, b, x }) => normal(add(mul(b, mu), mul(0.3, x)), 0.4)))

const x = [0.5, 3, -1]
const [m, s] = [0.4, 0.6]
const locs = [0.2, 1.5, -0.8]
const scales = [0.5, 0.8, 0.3]
const params = {
  'mu.loc': scalar(m),
  'mu.logScale': scalar(Math.log(s)),
  'z.loc': new NdArray(Float64Array.from(locs), [3]),
  'z.logScale': new NdArray(Float64Array.from(scales, Math.log), [3]),
}

const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0)
const exact: Readonly<Record<keyof typeof params | 'objective', readonly number[]>> = {
  'mu.loc': [-m / 4 + sum((i) => (locs[i]! - m) / 0.25)],
  'mu.logScale': [1 - s ** 2 / 4 - (3 * s ** 2) / 0.25],
  'z.loc': locs.map((loc, i) => -(loc - m) / 0.25 + x[i]! - loc),
  'z.logScale': scales.map((scale) => 1 - scale ** 2 / 0.25 - scale ** 2),
  objective: [
    -(Math.log(2 / s) + (s ** 2 + m ** 2) / 8 - 0.5) -
      sum((i) => {
        const [loc, scale] = [locs[i]!, scales[i]!]
        const prior = Math.log(0.5 / scale) + (scale ** 2 + s ** 2 + (loc - m) ** 2) / 0.5 - 0.5
        return prior + 0.5 * Math.log(2 * Math.PI) + ((x[i]! - loc) ** 2 + scale ** 2) / 2
      }),
  ],
}

test.each([
  ['reparameterization', reparameterization()],
  ['sticking the landing', stickingTheLanding()],
])('%s: the mean stays, and the variance is less', (_, estimator) => {
  const setting = settingOf({ model: levels, data: { x } })
  const got = moments(setting, params, 20_000, analyticKl(estimator))
  const sampled = moments(setting, params, 20_000, reparameterization())
  for (const [name, gradients] of Object.entries(exact))
    for (const [at, gradient] of gradients.entries()) {
      const { mean, error, variance } = got[name]![at]!
      expect(Math.abs(mean - gradient)).toBeLessThan(4 * error)
      expect(variance).toBeLessThan(0.95 * sampled[name]![at]!.variance)
    }
})

test('divergences of what is discrete, and of guides: with sums the gradient is exact', () => {
  for (const own of Object.values(cases)) {
    const setting = settingOf(own)
    const estimator = analyticKl(enumerated())
    const got = estimated(setting, 0, new Map(), {}, false, estimator)
    expect(difference(got, exactly(setting, own.latents))).toBeLessThan(1e-10)
  }
})

test('by the score function: the mean is the gradient', () => {
  for (const name of [
    'categorical latents of a plate',
    'a guide whose latents are drawn with each other',
    'two latents in one term',
  ]) {
    const own = cases[name]!
    const setting = settingOf(own)
    const exact = exactly(setting, own.latents)
    const got = moments(setting, paramsOf(setting), 20_000, analyticKl(scoreFunction()))
    for (const [param, { data }] of Object.entries(exact.guide))
      for (const [at, gradient] of data.entries()) {
        const { mean, error } = got[param]![at]!
        expect(Math.abs(mean - gradient)).toBeLessThan(4 * error)
      }
  }
})

test('a guide whose latents are drawn with others: the divergence is that given these', () => {
  const setting = settingOf({ model: levels, family: guideFamily(written) as Family, data: { x } })
  const at = { a: 0.3, b: 0.6, r: -0.2 }
  const given = Object.fromEntries(Object.entries(at).map(([name, own]) => [name, scalar(own)]))
  const got = moments(setting, given, 20_000, analyticKl(reparameterization()))
  const bound = ({ a, b, r }: typeof at): number => {
    const square = (slope: number, constant: number): number =>
      (slope * a + constant) ** 2 + slope ** 2 * Math.exp(2 * r)
    const prior = Math.log(2) - r + (Math.exp(2 * r) + a ** 2) / 8 - 0.5
    return (
      -prior -
      sum((i) => {
        const divergence = Math.log(0.5 / 0.4) + (0.16 + square(b - 1, 0.3 * x[i]!)) / 0.5 - 0.5
        return divergence + 0.5 * Math.log(2 * Math.PI) + (0.16 + square(b, -0.7 * x[i]!)) / 2
      })
    )
  }
  const near = ({ mean, error }: { mean: number; error: number }, value: number): void =>
    expect(Math.abs(mean - value)).toBeLessThan(4 * error)
  near(got['objective']![0]!, bound(at))
  for (const name of ['a', 'b', 'r'] as const) {
    const moved = (by: number): number => bound({ ...at, [name]: at[name] + by })
    near(got[name]![0]!, (moved(1e-4) - moved(-1e-4)) / 2e-4)
  }
})

test('step by step it is the same as compiled, to single precision', () => {
  const setting = settingOf(cases['a guide whose latents are drawn with each other']!)
  const estimator = analyticKl(enumerated())
  const eager = estimated(setting, 0, new Map(), {}, true, estimator)
  expect(difference(eager, estimated(setting, 0, new Map(), {}, false, estimator))).toBeLessThan(1e-4)
})

test('it says which divergences are in closed form', () => {
  const robust = model('robust')
    .latent('mu', normal(0, 2))
    .latent('z', studentT(3, 0, 1))
    .latent('s', halfNormal(1))
    .observed('x', ({ mu, z, s }) => normal(add(mu, z), s))
  const outline = structureOf(settingOf({ model: robust, data: { x: 1 } }), new Map())
  expect(analyticKl(reparameterization()).explain(outline)).toEqual([
    { factor: 'mu', form: 'analytic', reason: 'KL(normal ‖ normal) has a closed form' },
    { factor: 'z', form: 'sampled', reason: 'KL(normal ‖ studentT) has no closed form' },
    { factor: 's', form: 'sampled', reason: 'it has no one distribution to be told from a prior' },
  ])
})
